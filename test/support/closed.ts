/**
 * A schema by which an object has no fields but those it declares. The document leaves them open, for there will be
 * more; what is sent today is to be declared.
 */
export function closed(schema: object): object {
  return JSON.parse(JSON.stringify(schema), (_key, part) =>
    part?.properties && part.additionalProperties === undefined
      ? { ...part, additionalProperties: false }
      : part,
  );
}
