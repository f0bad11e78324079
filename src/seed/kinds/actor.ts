import { tables } from '../../db/tables.ts';
import { storedDays } from '../../domain/dates.ts';
import { fold } from '../../domain/spelling.ts';
import { withSource } from '../files/dataset.ts';
import { type Definition, eachReference, reference } from './definition.ts';
import { provedList, rows } from './parts.ts';

const { actorAliases, affiliations } = tables;

/** Actors: who acts or speaks, with their names and titles. */
export const actor: Definition<'actor'> = {
  section: 'actors',
  shared: true,
  read: ({ actors = [], source }) =>
    actors.map((record) => ({
      ...record,
      aliases: (record.aliases ?? []).map(({ name, sources }) => ({
        name,
        sources: sources ?? [source ?? ''],
      })),
      affiliations: (record.affiliations ?? []).map((affiliation) => withSource(affiliation, source)),
    })),
  above: { field: 'parent', of: ({ parent }) => parent },
  references: (record) => [
    ...record.aliases.flatMap(({ sources }, index) =>
      eachReference('source', sources, 'aliases', index, 'sources'),
    ),
    ...record.affiliations.map(({ organization }, index) =>
      reference('actor', organization, 'affiliations', index, 'organization'),
    ),
  ],
  faults: ({ aliases }) =>
    aliases.flatMap(({ name }, index) =>
      aliases.findIndex((alias) => alias.name === name) === index
        ? []
        : [{ path: ['aliases', index, 'name'], message: `"${name}" is listed twice` }],
    ),
  row: ({ id, name, kind, description, parent, contentHash }, dataset) => ({
    id,
    name,
    nameFolded: fold(name),
    kind,
    description,
    parent: parent ?? null,
    definedBy: dataset,
    contentHash,
  }),
  parts: [
    rows(actorAliases, actorAliases.actor, ({ id, aliases }) =>
      aliases.flatMap(({ name, sources }, ordinal) =>
        sources.map((source) => ({ actor: id, name, source, ordinal, nameFolded: fold(name) })),
      ),
    ),
    provedList({
      table: affiliations,
      record: affiliations.actor,
      proved: 'affiliation',
      field: 'affiliations',
      items: (record) => record.affiliations,
      row: ({ title, organization, during }, { id, record, ordinal }) => ({
        id,
        actor: record,
        ordinal,
        title,
        organization: organization ?? null,
        during,
        ...storedDays(during),
      }),
    }),
  ],
  text: ({ name, description, aliases }) => ({
    title: name,
    body: [description, ...aliases.map((alias) => alias.name)],
  }),
};
