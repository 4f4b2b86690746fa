/** The header in which we tell better-auth where a request came from; what a request says of itself never gets there. In a file of its own, for whoever names it need not load better-auth. */
export const addressHeader = 'x-clipwright-address'
