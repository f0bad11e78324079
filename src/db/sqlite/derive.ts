import { earliestSortDays, type StoredDays, storedDays } from '../../domain/dates.ts';
import { citedText, indexedTexts } from '../../domain/searchDocument.ts';
import { fold } from '../../domain/spelling.ts';
import type { Connection } from './connection.ts';

/** The tables that have a date, and its column. */
const DATES = {
  sources: 'published',
  affiliations: 'during',
  events: 'date',
  statements: 'said',
  positions: 'since',
} as const;

const DERIVED = [
  'earliest',
  'latest',
  'boundedEarliest',
  'boundedLatest',
  'begunBy',
  'lastsUntil',
  'sortDay',
  'sortDayDescending',
] as const satisfies (keyof StoredDays)[];

/** Derives from their dates what rows of an earlier version lack. Other rows do not change. */
export function deriveDays(connection: Connection): void {
  const columns = connection.rows<{ name: string }>("select name from pragma_table_info('claims')");
  if (!columns.some(({ name }) => name === 'sortDayDescending')) return;
  for (const [table, column] of Object.entries(DATES)) {
    const set = DERIVED.map((name) => `"${name}" = ?`).join(', ');
    const dates = connection.rows<{ date: string }>(
      `select distinct "${column}" as date from ${table} where sortDayDescending = ''`,
    );
    for (const { date } of dates) {
      const days = storedDays(date);
      const values = DERIVED.map((name) => days[name]);
      connection.run(
        `update ${table} set ${set} where "${column}" = ? and sortDayDescending = ''`,
        ...values,
        date,
      );
    }
  }
  const claims = connection.rows<{ id: string }>(`select id from claims where sortDayDescending = ''`);
  for (const { id } of claims) {
    const positions = connection.rows<{ since: string }>(`select since from positions where claim = ?`, id);
    const { sortDay, sortDayDescending } = earliestSortDays(positions.map(({ since }) => storedDays(since)));
    connection.run(
      'update claims set sortDay = ?, sortDayDescending = ? where id = ?',
      sortDay,
      sortDayDescending,
      id,
    );
  }
}

/** Derives the voice of the positions of an earlier version: what is above all that their actor, or its principal, belongs to. */
export function deriveVoices(connection: Connection): void {
  const columns = connection.rows<{ name: string }>("select name from pragma_table_info('positions')");
  if (!columns.some(({ name }) => name === 'voice')) return;
  connection.run(`update positions set voice = (
    with recursive above(id, parent) as (
      select id, parent from actors
      where id = coalesce((select onBehalfOf from statements where statements.id = positions.statement), positions.actor)
      union all
      select actors.id, actors.parent from actors inner join above on actors.id = above.parent
    )
    select id from above where parent is null
  ) where voice = ''`);
}

/** Derives the terms by which the records of an earlier version are found, and the folded names of its actors. */
export function deriveSearch(connection: Connection): void {
  const columns = connection.rows<{ name: string }>("select name from pragma_table_info('searchDocuments')");
  if (!columns.some(({ name }) => name === 'titleTerms')) return;
  const cited = connection.rows<{ kind: string; id: string; phrase: string }>(
    `select case when c.event is not null then 'event' when c.statement is not null then 'statement' else 'claim' end as kind,
      coalesce(c.event, c.statement, p.claim) as id, c.phrase as phrase
    from citations c left join positions p on p.id = c.position
    where c.phrase is not null and coalesce(c.event, c.statement, p.claim) is not null order by c.id`,
  );
  const phrases = new Map<string, string[]>();
  for (const { kind, id, phrase } of cited) {
    const key = `${kind} ${id}`;
    phrases.set(key, [...(phrases.get(key) ?? []), phrase]);
  }
  const documents = connection.rows<{
    sequence: number;
    kind: string;
    id: string;
    title: string;
    body: string;
  }>(`select sequence, kind, id, title, body from searchDocuments where titleTerms = '' and bodyTerms = ''`);
  for (const { sequence, kind, id, title, body } of documents) {
    const texts = { title, body, cited: citedText(phrases.get(`${kind} ${id}`) ?? []) };
    const { title: _title, body: _body, ...derived } = indexedTexts(texts);
    const set = Object.keys(derived).map((name) => `"${name}" = ?`);
    connection.run(
      `update searchDocuments set ${set.join(', ')} where sequence = ?`,
      ...Object.values(derived),
      sequence,
    );
  }
  for (const table of ['actors', 'actorAliases']) {
    for (const { name } of connection.rows<{ name: string }>(`select distinct name from ${table}`)) {
      connection.run(
        `update ${table} set nameFolded = ? where name = ? and nameFolded <> ?`,
        fold(name),
        name,
        fold(name),
      );
    }
  }
}
