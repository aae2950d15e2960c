/** What one request may take, so that none takes the server. */
export interface Limits {
  /** Largest body that is read, in bytes. A product list of all of Microsoft's products has 1.3 MB. */
  readonly bodyBytesMax: number;
  /** Longest part of a path between two slashes, in characters; a user principal name has at most 113. */
  readonly pathPartLengthMax: number;
  /** How long a request may take to arrive, in milliseconds. */
  readonly requestMsMax: number;
  /** How late the event loop may be, in milliseconds, before further requests are turned away for a moment. */
  readonly eventLoopDelayMsMax: number;
}

export const defaultLimits: Limits = {
  bodyBytesMax: 8 * 1024 * 1024,
  pathPartLengthMax: 512,
  requestMsMax: 60_000,
  eventLoopDelayMsMax: 5_000,
};
