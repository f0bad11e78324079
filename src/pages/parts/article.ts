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

/**
 * The article as far as its passages give it, each piece leading to the passages that it belongs to; `cited` is in the order of the text.
 * Null where the words of some passage are not at hand.
 */
export function articleOf(cited: readonly Passage[], length: number): Html {
  if (cited.length === 0 || cited.some(({ passage }) => passage === null)) return null;
  const paragraphs: Html[][] = [[]];
  const write = (part: Html): void => void paragraphs.at(-1)?.push(part);
  for (const { start, end, of, text } of piecesOf(cited, length)) {
    const [shortest] = of;
    if (shortest) {
      text.split(/\n\s*/).forEach((line, index) => {
        if (index > 0) paragraphs.push([]);
        if (line.trim() === '') write(line);
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
      ${paragraphs.filter((parts) => parts.length > 0).map((parts) => html`<p>${parts}</p>`)}
    </div>
  `;
}

/** The text from its beginning to its end, cut wherever a passage begins or ends. */
function piecesOf(cited: readonly Passage[], length: number): Piece[] {
  const cuts = [...new Set([0, length, ...cited.flatMap(({ start, end }) => [start, end])])].sort(
    (a, b) => a - b,
  );
  return cuts.slice(0, -1).map((start, index) => {
    const end = cuts[index + 1] ?? length;
    const of = cited
      .filter((each) => each.start <= start && each.end >= end)
      .sort((a, b) => a.end - a.start - (b.end - b.start));
    const [shortest] = of;
    const text = shortest
      ? Array.from(shortest.passage ?? '')
          .slice(start - shortest.start, end - shortest.start)
          .join('')
      : '';
    return { start, end, of, text };
  });
}
