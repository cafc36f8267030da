import type { TableView } from './view.ts'

/** "290 more rows: download the CSV.", when there are more than are shown. */
export const moreRows = (
  { total, truncated }: Pick<TableView, 'total' | 'truncated'>,
  shown: number,
  how = 'download the CSV',
): string => {
  const more = total - shown
  if (more <= 0) return truncated ? 'There are more rows than were read.' : ''
  const read = truncated ? ', and others that were not read' : ''
  return `${counted(more, 'more row')}${read}: ${how}.`
}

/** "1 more row", "1,200 more rows". */
export const counted = (n: number, words: string): string =>
  `${n.toLocaleString('en-US')} ${words}${n === 1 ? '' : 's'}`
