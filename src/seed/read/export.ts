import { linkRelations } from '../../domain/vocabularies.ts';
import type { Dataset } from '../files/dataset.ts';
import type { SeedKind } from '../files/format.ts';
import { seedFile, seedKinds } from '../files/format.ts';
import { DatasetError, fieldName, type Mistake, mistakeOfFile } from '../files/mistakes.ts';
import { sha256 } from '../files/passages.ts';
import { kinds } from '../kinds.ts';
import { datasetOfFiles } from './read.ts';

// What the API exports, read back as dataset files.

/** A record as an export has it. Its form is checked once it is as the dataset files have it. */
// biome-ignore lint/suspicious/noExplicitAny: see above
type Exported = any;

/** A line of an export, and where it is. */
export interface ExportedLine {
  file: string;
  line: number;
  text: string;
}

/** A dataset as its exports have it, and the texts of passages in them, by hash. */
export interface ExportedDataset {
  data: Dataset;
  passages: Map<string, string>;
}

/**
 * A dataset from the records that the API exports: lines of NDJSON, or answers of JSON, of which each is a record or a page of records.
 * Records that another dataset has are passed over; topics and actors, of which exports do not say which dataset defines them, are all taken.
 * Throws a DatasetError with every mistake.
 */
export async function readExport(
  dataset: string,
  lines: AsyncIterable<ExportedLine>,
): Promise<ExportedDataset> {
  const mistakes: Mistake[] = [];
  const content: Record<string, object[]> = {};
  const places = new Map<string, ExportedLine>();
  const passages = new Map<string, string>();
  let head: object | undefined;
  for await (const place of lines) {
    const fault = (message: string): void => {
      mistakes.push({ file: place.file, line: place.line, record: null, message });
    };
    for (const record of recordsIn(place.text, fault)) {
      if (isDescription(record)) {
        if (record.id === dataset) head = described(record);
        continue;
      }
      const kind = kindOf(record);
      if (kind === undefined) {
        fault('is no record of an export');
        continue;
      }
      if (record.dataset !== undefined && record.dataset.id !== dataset) continue;
      try {
        notePassages(record, passages);
        const { section } = kinds[kind];
        const list = content[section] ?? [];
        content[section] = list;
        places.set(`${section} ${list.length}`, place);
        list.push(READ[kind](record));
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        fault(`is no whole ${kind}: export all fields, without asOf`);
      }
    }
  }
  if (!head) {
    const message = `no line describes the dataset ${dataset}: add the answer of /v1/datasets/${dataset}`;
    mistakes.push(mistakeOfFile('export', message));
  }
  const parsed = seedFile.safeParse({ dataset: head, ...content });
  const placeOf = (path: readonly PropertyKey[]): Pick<Mistake, 'file' | 'line'> =>
    places.get(`${String(path[0])} ${String(path[1])}`) ?? { file: 'export', line: 0 };
  for (const { path, message } of parsed.error?.issues ?? []) {
    const { file, line } = placeOf(path);
    mistakes.push({ file, line, record: null, message: `${fieldName(path.slice(2))}: ${message}` });
  }
  if (!parsed.success || mistakes.length > 0) throw new DatasetError(mistakes);
  const data = datasetOfFiles('export', [
    { file: 'export', content: parsed.data, lineOf: (path) => placeOf(path).line },
  ]);
  return { data, passages };
}

/** The records in a line: one, or those of a page. */
function recordsIn(text: string, fault: (message: string) => void): Exported[] {
  let value: Exported;
  try {
    value = JSON.parse(text);
  } catch (error) {
    fault(`is not JSON: ${(error as Error).message}`);
    return [];
  }
  return Array.isArray(value?.items) ? value.items : [value];
}

function isDescription(record: Exported): boolean {
  return typeof record?.licence === 'string';
}

/** The kind of a record, by a field that only records of that kind have. */
const FIELDS: Record<SeedKind, string> = {
  topic: 'narrower',
  actor: 'affiliations',
  source: 'derivedFrom',
  event: 'participants',
  statement: 'gist',
  claim: 'proposition',
};

function kindOf(record: Exported): SeedKind | undefined {
  return seedKinds.find((kind) => record !== null && typeof record === 'object' && FIELDS[kind] in record);
}

function described({ id, title, description, licence, citation, version }: Exported): object {
  return { id, title, description, licence, citation, version };
}

/** Keeps the texts of passages in a record, of whatever part of it, that are what their hash says. */
function notePassages(record: Exported, passages: Map<string, string>): void {
  if (typeof record !== 'object' || record === null) return;
  const { passage, sha256: hash } = record;
  if (typeof passage === 'string' && typeof hash === 'string' && sha256(passage) === hash)
    passages.set(hash, passage);
  for (const value of Object.values(record)) notePassages(value, passages);
}

/** A record without what is null, as dataset files omit it. */
function given(record: Exported): object {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));
}

const id = (reference: Exported): string | null => (reference === null ? null : reference.id);
const ids = (references: Exported[]): string[] => references.map((reference) => reference.id);
/** A list that dataset files omit where it is empty. */
const some = (list: Exported[]): Exported[] | null => (list.length === 0 ? null : list);

const citation = ({ source, ...cited }: Exported): object =>
  given({ ...cited, source: source.id, passage: null });
const figure = ({ approximate, citations, ...rest }: Exported): object =>
  given({ ...rest, approximate: approximate ? true : null, citations: citations.map(citation) });

/** Each kind of record as dataset files have it. Throws a TypeError for what lacks something. */
const READ: Record<SeedKind, (record: Exported) => object> = {
  topic: ({ id: own, label, description, broader }) =>
    given({ id: own, label, description, broader: id(broader) }),
  actor: ({ parent, aliases, affiliations, ...actor }) =>
    given({
      ...actor,
      parent: id(parent),
      aliases: aliases.map(({ name, sources }: Exported) => ({ name, sources: ids(sources) })),
      affiliations: affiliations.map(({ title, organization, during, citations }: Exported) =>
        given({
          title,
          organization: id(organization),
          during: during.edtf,
          citations: citations.map(citation),
        }),
      ),
    }),
  source: ({ publisher, republisher, contributors, published, derivedFrom, ...source }) =>
    given({
      ...source,
      dataset: null,
      publisher: id(publisher),
      republisher: id(republisher),
      contributors: some(contributors.map(({ actor, role }: Exported) => ({ actor: actor.id, role }))),
      published: published.edtf,
      derivedFrom: some(ids(derivedFrom)),
    }),
  event: ({ date, place, participants, topics, links, figures, citations, ...event }) =>
    given({
      ...event,
      dataset: null,
      date: date.edtf,
      place: place && given(place),
      participants: participants.map(({ actor, role, onBehalfOf }: Exported) =>
        given({ actor: actor.id, role, onBehalfOf: id(onBehalfOf) }),
      ),
      topics: ids(topics),
      // Those from other events are told by these.
      links: links
        .filter(({ relation }: Exported) => Object.hasOwn(linkRelations, relation))
        .map(({ relation, event: other, basis, citations: proof }: Exported) =>
          given({ relation, event: other.id, basis, citations: some(proof.map(citation)) }),
        ),
      figures: figures.map(figure),
      citations: citations.map(citation),
    }),
  statement: ({ speaker, relayedBy, onBehalfOf, said, occasion, about, topics, citations, ...statement }) =>
    given({
      ...statement,
      dataset: null,
      speaker: speaker.id,
      relayedBy: id(relayedBy),
      onBehalfOf: id(onBehalfOf),
      said: said.edtf,
      occasion: id(occasion),
      about: some(ids(about)),
      topics: ids(topics),
      citations: citations.map(citation),
    }),
  claim: ({ id: own, proposition, kind, about, event, topics, contradicts, positions, figures }) =>
    given({
      id: own,
      proposition,
      kind,
      about: some(ids(about)),
      event: id(event),
      topics: ids(topics),
      contradicts: ids(contradicts),
      positions: positions.map(({ actor, stance, statement, since, citations }: Exported) =>
        given({
          actor: actor.id,
          stance,
          statement: id(statement),
          since: since.edtf,
          citations: citations.map(citation),
        }),
      ),
      figures: figures.map(figure),
    }),
};
