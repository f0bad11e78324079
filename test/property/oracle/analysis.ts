import type { Asked } from './asked.ts';
import { dayOf as dayOfDate, intervalAround } from './days.ts';
import type { Event, Statement, World } from './export.ts';
import { selected, worldOf } from './selection.ts';
import { byCodePoint } from './words.ts';

// What the timeline and the graph must be, counted one record after the other (decision 7).

const MOST_GROUPS = 50;
const MOST_INTERVALS = 1000;

type Counted = Event | Statement;
type Group = string | null;

/** The timeline of the records that match a query. */
export function timelineOf(asked: Asked, world: World): unknown {
  const of = asked.one('of') === 'statements' ? 'statements' : 'events';
  const interval = asked.one('interval') ?? '';
  const by = asked.one('by');
  const records = selected(of, asked, world) as Counted[];
  const dateOf = (record: Counted) => ('date' in record ? record.date : record.said);
  const dayOf = (record: Counted): string | null => dayOfDate(dateOf(record));
  const groupsOf = (record: Counted): Group[] => (by === undefined ? [] : [...new Set(SPLITS[by]?.(record))]);

  const groups = new Map<Group, number>();
  const intervals = new Map<string, { to: string; records: Counted[] }>();
  for (const record of records) {
    for (const group of groupsOf(record)) groups.set(group, (groups.get(group) ?? 0) + 1);
    const day = dayOf(record);
    if (day === null) continue;
    const { from, to } = intervalAround(day, interval);
    const known = intervals.get(from) ?? { to, records: [] };
    known.records.push(record);
    intervals.set(from, known);
  }
  const largest = [...groups]
    .sort(([a, one], [b, other]) => other - one || nullsLast(a, b))
    .slice(0, MOST_GROUPS)
    .map(([id, count]) => ({ id, name: nameOf(by, id, world), count }));
  const items = [...intervals]
    .sort(([a], [b]) => byCodePoint(a, b))
    .slice(-MOST_INTERVALS)
    .map(([from, { to, records: within }]) => ({
      from,
      to,
      count: within.length,
      open: within.filter((record) => dateOf(record).earliest === null || dateOf(record).latest === null)
        .length,
      uncertain: within.filter((record) => {
        const { approximate, period, latest } = dateOf(record);
        return approximate || (!period && latest !== null && latest > to);
      }).length,
      ...(by === undefined
        ? {}
        : {
            groups: largest
              .map(({ id }) => ({
                id,
                count: within.filter((record) => groupsOf(record).includes(id)).length,
              }))
              .filter(({ count }) => count > 0),
          }),
    }));
  return {
    of,
    interval,
    by: by ?? null,
    items,
    ...(by === undefined ? {} : { groups: largest }),
    total: records.length,
    undated: records.filter((record) => dayOf(record) === null).length,
    truncated: { intervals: intervals.size > MOST_INTERVALS, groups: groups.size > MOST_GROUPS },
  };
}

const SPLITS: Record<string, (record: Counted) => Group[]> = {
  type: (record) => ('type' in record ? [record.type] : []),
  status: (record) => ('status' in record ? [record.status] : []),
  country: (record) => ('place' in record ? [record.place?.country ?? null] : []),
  actor: (record) =>
    'speaker' in record ? [record.speaker.id] : record.participants.map(({ actor }) => actor.id),
  topic: ({ topics }) => topics.map(({ id }) => id),
  source: ({ citations }) => citations.map(({ source }) => source.id),
};

/** By what a timeline can be split; more in the document would be unknown here. */
export const DIMENSIONS = Object.keys(SPLITS);

function nullsLast(a: Group, b: Group): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return byCodePoint(a, b);
}

function nameOf(by: string | undefined, id: Group, world: World): string | null {
  if (by === 'actor') return world.actors.find((each) => each.id === id)?.name ?? null;
  if (by === 'topic') return world.topics.find((each) => each.id === id)?.label ?? null;
  if (by === 'source') return world.sources.find((each) => each.id === id)?.title ?? null;
  return null;
}

interface Edge {
  source: string;
  target: string;
  weight: number;
  cooperation: { verbal: number; material: number };
  conflict: { verbal: number; material: number };
  first: string | null;
  last: string | null;
}

/** The graph of the events that match a query. */
export function graphOf(
  asked: Asked,
  world: World,
): { nodes: unknown[]; edges: Edge[]; [more: string]: unknown } {
  const as = asked.one('as') ?? '';
  const directed = asked.flag('directed') ?? false;
  const limit = Number(asked.one('limit'));
  const then = worldOf(asked, world);
  const events = selected('events', asked.without('sort'), world) as Event[];
  const endsOf = (event: Event) =>
    event.participants.map(({ actor, onBehalfOf, role }) => ({
      id: as === 'principals' ? (onBehalfOf ?? actor).id : actor.id,
      role,
    }));

  const edges = new Map<string, Edge>();
  for (const event of events) {
    const pairs = new Set<string>();
    for (const one of endsOf(event)) {
      for (const other of endsOf(event)) {
        const joined = directed
          ? one.role === 'initiator' && other.role === 'recipient' && one.id !== other.id
          : byCodePoint(one.id, other.id) < 0;
        if (joined) pairs.add(`${one.id} ${other.id}`);
      }
    }
    const [side, manner] = oppositionOf(event, then);
    const day = dayOfDate(event.date);
    for (const pair of pairs) {
      const [source = '', target = ''] = pair.split(' ');
      const nothing = { verbal: 0, material: 0 };
      const edge: Edge = edges.get(pair) ?? {
        source,
        target,
        weight: 0,
        cooperation: { ...nothing },
        conflict: { ...nothing },
        first: null,
        last: null,
      };
      edge.weight++;
      if (side !== undefined && manner !== undefined) edge[side][manner]++;
      if (day !== null && (edge.first === null || day < edge.first)) edge.first = day;
      if (day !== null && (edge.last === null || day > edge.last)) edge.last = day;
      edges.set(pair, edge);
    }
  }
  const heaviest = [...edges.values()]
    .sort((a, b) => b.weight - a.weight || byCodePoint(a.source, b.source) || byCodePoint(a.target, b.target))
    .slice(0, limit);
  const ends = new Set(heaviest.flatMap(({ source, target }) => [source, target]));
  const nodes = then.actors
    .filter(({ id }) => ends.has(id))
    .map(({ id, name, kind }) => ({
      id,
      name,
      kind,
      events: events.filter((event) => endsOf(event).some((end) => end.id === id)).length,
    }))
    .sort((a, b) => b.events - a.events || byCodePoint(a.id, b.id));
  return { as, directed, nodes, edges: heaviest, truncated: edges.size > limit };
}

/** Whether an event is cooperation or conflict, in words or in deeds; neither when it has no type. */
function oppositionOf(
  { type }: Event,
  { quadClasses }: World,
): ['cooperation' | 'conflict', 'verbal' | 'material'] | [] {
  const quadClass = type === null ? undefined : quadClasses.get(type);
  if (quadClass === undefined) return [];
  return [
    quadClass.endsWith('conflict') ? 'conflict' : 'cooperation',
    quadClass.startsWith('verbal') ? 'verbal' : 'material',
  ];
}
