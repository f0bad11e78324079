import { type Html, html } from '../html.ts';

/** A passage of an article, by its code points. */
interface Passage {
  start: number;
  end: number;
  /** Its words; null where they are not at hand. */
  passage: string | null;
}

/** A piece of an article: between two places where a passage begins or ends. */
interface Piece {
  start: number;
  end: number;
  /** The passages that it belongs to, the shortest first; none where no record cites it. */
  of: Passage[];
  text: string;
}

/** Gaps of at most this many characters are the spaces between sentences, or the lines between paragraphs. */
const SPACE = 1;
const LINES = 4;

const SENTENCES = new Intl.Segmenter('en', { granularity: 'sentence' });

/** How many sentences and headings a text has, and in how many of them no passage has a word. */
export function uncitedIn(
  cited: readonly Pick<Passage, 'start' | 'end'>[],
  whole: string,
): { all: number; uncited: number } {
  const reached = new Uint8Array(whole.length);
  for (const { start, end } of cited) reached.fill(1, start, end);
  let at = 0;
  let all = 0;
  let uncited = 0;
  for (const line of whole.split(/(?<=\n)/)) {
    for (const { segment } of SENTENCES.segment(line)) {
      const end = at + Array.from(segment).length;
      if (hasWords(segment)) {
        all += 1;
        if (!reached.subarray(at, end).includes(1)) uncited += 1;
      }
      at = end;
    }
  }
  return { all, uncited };
}

function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

/**
 * The article, each cited piece leading to the passages that it belongs to; `cited` is in the order of the text.
 * All of it where its `whole` text is at hand, otherwise as far as its passages give it; null where the words of some passage are not at hand either.
 */
export function articleOf(cited: readonly Passage[], length: number, whole: string | null): Html {
  if (whole === null && (cited.length === 0 || cited.some(({ passage }) => passage === null))) return null;
  const paragraphs: Html[][] = [[]];
  const write = (part: Html): void => void paragraphs.at(-1)?.push(part);
  for (const { start, end, of, text } of piecesOf(cited, length, whole)) {
    const [shortest] = of;
    if (shortest || whole !== null) {
      text.split(/\n\s*/).forEach((line, index) => {
        if (index > 0) paragraphs.push([]);
        if (!hasWords(line)) write(line);
        else if (!shortest) write(html`<span class="uncited">${line}</span>`);
        else write(html`<a href=${`#c${shortest.start}`}>${line}</a>`);
      });
    } else if (end - start <= SPACE) write(' ');
    else {
      paragraphs.push([]);
      if (end - start > LINES) {
        write(html`<span class="gap">${end - start} characters that no record cites</span>`);
        paragraphs.push([]);
      }
    }
  }
  return html`
    <div class="article">
      ${paragraphs.filter((parts) => parts.some((part) => typeof part !== 'string' || part.trim() !== '')).map((parts) => html`<p>${parts}</p>`)}
    </div>
  `;
}

/** The text from its beginning to its end, cut wherever a passage begins or ends. */
function piecesOf(cited: readonly Passage[], length: number, whole: string | null): Piece[] {
  const points = whole === null ? null : Array.from(whole);
  const cuts = [...new Set([0, length, ...cited.flatMap(({ start, end }) => [start, end])])].sort(
    (a, b) => a - b,
  );
  return cuts.slice(0, -1).map((start, index) => {
    const end = cuts[index + 1] ?? length;
    const of = cited
      .filter((each) => each.start <= start && each.end >= end)
      .sort((a, b) => a.end - a.start - (b.end - b.start));
    const [shortest] = of;
    const ofPassage = shortest
      ? Array.from(shortest.passage ?? '')
          .slice(start - shortest.start, end - shortest.start)
          .join('')
      : '';
    return { start, end, of, text: points?.slice(start, end).join('') ?? ofPassage };
  });
}
