import type { Receipt } from '#src/vocabulary/answer.ts'

/** How an answer was worked out, one statement a line. */
export const receiptLines = (receipt: Receipt): string[] => [
  `Read as: ${receipt.reading}`,
  ...receipt.measures.map(({ label, definition }) => `${label}: ${definition}`),
  ...(receipt.filters.length > 0 ? [`Filters: ${receipt.filters.join('; ')}`] : []),
  ...(receipt.period ? [`Period: ${receipt.period}`] : []),
  ...receipt.notes.map(note => `Note: ${note}`),
  workedOut(receipt),
]

const workedOut = ({ rows, truncated, origin, verified, freshness, cached, ms, model, words }: Receipt) =>
  [
    `${rows.toLocaleString('en-US')}${truncated ? ' or more' : ''} ${rows === 1 && !truncated ? 'row' : 'rows'}`,
    origin === 'certified' ? 'certified' : 'SQL written by a model',
    verified ? `verified by ${verified.by} on ${verified.at}` : '',
    words === 'model' ? 'told by a model' : '',
    freshness.dataUntil ? `data until ${freshness.dataUntil} (${freshness.source})` : freshness.source,
    cached ? 'from the cache' : '',
    `${Math.round(ms).toLocaleString('en-US')} ms`,
    model ? `${model.name}, $${model.cost.toFixed(4)}` : '',
  ]
    .filter(Boolean)
    .join(' · ')
