/**
 * A schema that allows an object only the fields it declares. The OpenAPI document allows others, because fields will be
 * added; but every field that is sent today must be declared.
 */
export function closed(schema: object): object {
  return JSON.parse(JSON.stringify(schema), (_key, part) =>
    part?.properties && part.additionalProperties === undefined
      ? { ...part, additionalProperties: false }
      : part,
  );
}
