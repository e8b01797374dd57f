/**
 * What another language has to say for the words of English: each text and each function, with the same parameters, and
 * lists of the same length. A number stays one.
 */
export type Words<English> = English extends string
  ? string
  : English extends (...values: infer Values) => infer Said
    ? (...values: Values) => Words<Said>
    : English extends number | boolean | null
      ? English
      : { readonly [Key in keyof English]: Words<English[Key]> };
