/** Whether this page stands inside a page of twenty. It then has no cookie, no storage and no address of its own. */
export const embedded = location.pathname === '/embed';
