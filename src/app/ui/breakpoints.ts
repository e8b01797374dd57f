/** The narrow viewport of tokens.css, for scripts that must know which of two layouts the styles chose. */
export const NARROW_QUERY = '(max-width: 767px)';
