export const UserList = (): string => 'users';
