import * as z from 'zod/mini';

/** The value that a JSON text of a column stands for. */
export const parsedJson = z.pipe(
  z.string(),
  z.transform((text) => {
    const json: unknown = JSON.parse(text);
    return json;
  }),
);
