import type { Dataset, PassageCitation } from '../files/dataset.ts';
import type { Mistake } from '../files/mistakes.ts';

// Whether the words cited for a statement say whose words they are.

type Actor = Dataset['records']['actor'][number];

/**
 * Statements of which no cited passage names the speaker, though the article does somewhere. Authors and publishers of an article
 * speak in all of it, and who has no name in it is not looked for. `texts` has the text of each source by its id.
 */
export function speakersNotNamed(data: Dataset, texts: ReadonlyMap<string, string>): Mistake[] {
  const { actor: actors, source: sources, statement: statements } = data.records;
  const byId = new Map(actors.map((actor) => [actor.id, actor]));
  const voices = new Map(
    sources.map(({ id, publisher, contributors }) => [
      id,
      new Set([publisher, ...(contributors ?? []).map(({ actor }) => actor)]),
    ]),
  );
  const points = new Map([...texts].map(([id, text]) => [id, Array.from(text)]));
  const passageOf = ({ source, start, end }: PassageCitation): string =>
    points.get(source)?.slice(start, end).join('') ?? '';
  return statements.flatMap((statement): Mistake[] => {
    const cited = statement.citations.filter((citation) => citation.document === undefined);
    const speaker = byId.get(statement.speaker);
    if (!speaker || cited.some(({ source }) => voices.get(source)?.has(speaker.id))) return [];
    const named = nameOf(speaker);
    const isNamedIn = (text: string): boolean => named.test(text.normalize('NFC'));
    if (!cited.some(({ source }) => isNamedIn(texts.get(source) ?? ''))) return [];
    if (cited.some((citation) => isNamedIn(passageOf(citation)))) return [];
    return [
      {
        ...data.locate(statement, ['speaker']),
        message: `no passage cited for it names ${speaker.name}: cite also the words that say who speaks`,
      },
    ];
  });
}

/** Any name of an actor, or the last word of a person's name, as a pattern. */
function nameOf({ name, kind, aliases }: Actor): RegExp {
  const names = [name, ...aliases.map((alias) => alias.name)];
  if (kind === 'person') names.push(name.split(' ').at(-1) ?? name);
  const either = names.map((each) => each.normalize('NFC').replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|');
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${either})(?![\\p{L}\\p{N}])`, 'u');
}
