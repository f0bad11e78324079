import type { z } from 'zod';
import { isoEnds } from '../../domain/dates.ts';
import type { ActorKind } from '../../domain/vocabularies.ts';
import { defineFormats } from '../../http/response/defineFormats.ts';
import { type Column, cell, csv } from '../../http/response/formats/csv.ts';
import { jsonld, type Thing } from '../../http/response/formats/jsonld.ts';
import { ndjson } from '../../http/response/formats/ndjson.ts';
import { actorThing } from '../../http/response/formats/things.ts';
import { actor, actorList } from './schema.ts';

type Actor = z.infer<typeof actor>;

const columns: readonly Column<Actor>[] = [
  { name: 'id', field: 'id', description: 'Id of the actor', value: ({ id }) => id },
  { name: 'name', field: 'name', description: 'Its preferred name', value: ({ name }) => name },
  { name: 'kind', field: 'kind', description: 'What sort of actor it is', value: ({ kind }) => kind },
  { name: 'description', field: 'description', description: 'Who it is', value: (row) => row.description },
  {
    name: 'parent',
    field: 'parent',
    description: 'Id of the actor it is part of',
    value: ({ parent }) => parent?.id ?? null,
  },
  {
    name: 'aliases',
    field: 'aliases',
    description: 'The names that sources use for it',
    value: ({ aliases }) => cell(aliases.map(({ name }) => name)),
  },
  {
    name: 'affiliations',
    field: 'affiliations',
    description: 'The titles of the actor, each as `title (organization, during)`',
    value: ({ affiliations }) =>
      cell(
        affiliations.map(
          ({ title, organization, during }) =>
            `${title} (${organization ? `${organization.id}, ` : ''}${during.edtf})`,
        ),
      ),
  },
];

/** What each kind of actor is in schema.org, and the property that names the actor it is part of. */
const THINGS: Record<ActorKind, { type: string; parent: string | null; hasOccupations: boolean }> = {
  person: { type: 'Person', parent: 'affiliation', hasOccupations: true },
  organization: { type: 'Organization', parent: 'parentOrganization', hasOccupations: false },
  state: { type: 'Country', parent: 'containedInPlace', hasOccupations: false },
  group: { type: 'Organization', parent: 'parentOrganization', hasOccupations: false },
  // schema.org's thing is part of nothing.
  unspecified: { type: 'Thing', parent: null, hasOccupations: false },
};

function thing(record: Actor, base: string): Thing {
  const { id, name, kind, description, parent, aliases, affiliations } = record;
  return {
    '@id': `${base}/v1/actors/${id}`,
    '@type': THINGS[kind].type,
    identifier: id,
    name,
    description,
    alternateName: aliases.map((alias) => alias.name).filter((alias) => alias !== name),
    ...(THINGS[kind].parent !== null && { [THINGS[kind].parent]: parent && actorThing(parent, base) }),
    hasOccupation: THINGS[kind].hasOccupations ? affiliations.map((held) => role(held, base)) : null,
  };
}

/** A title at its time: what schema.org calls a role, between a person and an occupation. */
function role({ title, organization, during }: Actor['affiliations'][number], base: string) {
  return {
    '@type': 'EmployeeRole',
    roleName: title,
    startDate: isoEnds(during.edtf).start,
    endDate: during.period ? isoEnds(during.edtf).end : null,
    memberOf: organization && actorThing(organization, base),
  };
}

/** The formats of actors. */
export const actorFormats = defineFormats({
  path: '/v1/actors',
  title: 'Attest: actors',
  list: actorList,
  record: actor,
  formats: {
    csv: csv('ActorTable', columns),
    ndjson,
    jsonld: jsonld(thing),
  },
});
