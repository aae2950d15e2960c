// fires typescript(prefer-readonly)
export class Counter {
  private limit = 3;

  isBelow(count: number): boolean {
    return count < this.limit;
  }
}
