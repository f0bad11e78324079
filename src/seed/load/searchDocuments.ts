import type { SearchableKind } from '../../domain/vocabularies.ts';
import type { Dataset } from '../files/read.ts';

/** The words by which a record is found: those of its title weigh more. */
export interface SearchDocument {
  kind: SearchableKind;
  id: string;
  title: string;
  body: string;
}

/** What each record of a dataset is found by. */
export function searchDocuments(data: Dataset): SearchDocument[] {
  const document = (
    kind: SearchableKind,
    { id }: { id: string },
    title: string,
    ...body: (string | undefined)[]
  ): SearchDocument => ({
    kind,
    id,
    title: plain(title),
    body: plain(body.filter((part) => part !== undefined).join(' · ')),
  });
  return [
    ...data.events.map((event) => document('event', event, event.title, event.summary, event.place?.name)),
    ...data.statements.map((statement) => document('statement', statement, statement.gist)),
    ...data.claims.map((claim) => document('claim', claim, claim.proposition)),
    ...data.actors.map((actor) =>
      document('actor', actor, actor.name, actor.description, ...actor.aliases.map(({ name }) => name)),
    ),
    ...data.topics.map((topic) => document('topic', topic, topic.label, topic.description)),
    ...data.sources.map((source) => document('source', source, source.title)),
  ];
}

/** Without control characters, which mark the matches in a snippet (`db/fullText.ts`). */
function plain(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}
