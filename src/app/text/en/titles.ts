/** Titles of screens that the tab's name has, too: they are needed before their screens' other words. */
export const journal = 'Journal';
export const signIn = 'Sign in';
export const create = 'New virtual cluster';
export const edit = (id: string) => `Edit ${id}`;
