import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { createAsk } from '#src/ask.ts'
import { readConfig } from '#src/config.ts'
import { labelOf } from '#src/datasets/file-name.ts'
import { weigh } from '#src/datasets/receive.ts'
import { openDomain } from '#src/domain.ts'
import { realEffects } from '#src/effects.ts'
import { ingestUpload } from '#src/ingest/ingest.ts'
import { openDatabase } from '#src/open.ts'
import { completeModel } from '#src/semantic/complete.ts'
import { loadDraftWords } from '#src/semantic/draft/load-words.ts'
import { draftModel } from '#src/semantic/draft.ts'
import { createThreads } from '#src/threads.ts'
import { ms, printTable, type Target } from './print.ts'

/** Milliseconds of each step from a file that lies there to its first answer. */
export type UploadTimings = {
  bytes: number
  rows: number
  weighed: number
  read: number
  drafted: number
  opened: number
  answered: number
  ready: number
}

/**
 * Times a CSV file of about 100 MB, as a shop's till would write it, from the file to a dataset that can be asked, and its first answer. Nothing is
 * kept between runs.
 */
export const timeUpload = async (folder: string): Promise<UploadTimings> => {
  const home = mkdtempSync(join(folder, 'upload-'))
  try {
    const path = join(home, 'till.csv')
    const rows = await writeTill(path, 100_000_000)
    const steps: number[] = []
    let last = performance.now()
    const begun = last
    const step = () => {
      steps.push(performance.now() - last)
      last = performance.now()
    }
    await weigh(path, { name: 'till.csv' })
    step()
    const database = join(home, 'data.duckdb')
    const made = await ingestUpload({ path, name: 'till.csv', database, staging: home })
    step()
    const drafted = draftModel(made.profile, { name: labelOf('till.csv'), words: await loadDraftWords() })
    const model = completeModel({ ...drafted, drafted: true })
    step()
    const ground = await openDatabase({ path: database, config: readConfig({ CHARTROOM_HOME: home }) }, realEffects)
    const domain = openDomain({ ...ground, model, source: 'till.csv' })
    step()
    const ready = performance.now() - begun
    try {
      const parts = {
        domain: async () => domain,
        threads: createThreads(),
        warn: () => undefined,
        effects: realEffects,
      }
      const answer = await createAsk(parts)({ text: 'amount by shop' })
      if (answer.status !== 'answered') throw new Error(`The question was ${answer.status}`)
    } finally {
      await domain.close()
    }
    step()
    const [weighed = 0, read = 0, draft = 0, opened = 0, answered = 0] = steps
    return { bytes: statSync(path).size, rows, weighed, read, drafted: draft, opened, answered, ready }
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

const writeTill = async (path: string, bytes: number): Promise<number> => {
  const out = createWriteStream(path)
  out.write('receipt_id,sold_at,shop,city,product,category,payment,quantity,unit_price,amount,discount,customer\n')
  let [rows, written] = [0, 0]
  while (written < bytes) {
    let text = ''
    for (let i = 0; i < 10_000; i++) text += line(rows++)
    written += text.length
    if (!out.write(text)) await once(out, 'drain')
  }
  out.end()
  await finished(out)
  return rows
}

const pick = (list: readonly string[], i: number, step: number) => list[((i * step) >>> 3) % list.length]
const shops = ['North Street', 'Harbour', 'Old Town', 'Airport', 'Station', 'Mall West', 'Mall East', 'Riverside']
const cities = ['Hamburg', 'Lyon', 'Porto', 'Leeds', 'Ghent', 'Turin']
const categories = ['Bread', 'Fruit', 'Dairy', 'Drinks', 'Household']
const payments = ['card', 'cash', 'voucher']

const line = (i: number) => {
  const quantity = ((i * 7) % 5) + 1
  const cents = ((i * 7919) % 4000) + 99
  const day = String((i % 28) + 1).padStart(2, '0')
  const hour = String(i % 24).padStart(2, '0')
  return `${100_000 + i},2024-${String((i % 12) + 1).padStart(2, '0')}-${day} ${hour}:${String(i % 60).padStart(2, '0')}:00,${pick(shops, i, 31)},${pick(cities, i, 17)},Product ${i % 700},${pick(categories, i, 13)},${pick(payments, i, 11)},${quantity},${(cents / 100).toFixed(2)},${((cents * quantity) / 100).toFixed(2)},${i % 9 === 0 ? '0.50' : '0'},C${(i * 31) % 50_000}\n`
}

/** Prints them and gives the target: a file of 100 MB can be asked within 3 s. */
export const printUpload = (timings: UploadTimings): Target[] => {
  const { bytes, rows, weighed, read, drafted, opened, answered, ready } = timings
  printTable(
    `A CSV of ${Math.round(bytes / 1e6)} MB and ${rows.toLocaleString('en-US')} rows, ms`,
    ['', ''],
    [
      ['its content is weighed (is it there already?)', ms(weighed)],
      ['read, typed, counted and written', ms(read)],
      ['a model is drafted', ms(drafted)],
      ['opened', ms(opened)],
      ['ready to be asked', ms(ready)],
      ['its first answer', ms(answered)],
    ],
  )
  return [{ name: 'CSV of 100 MB ready to be asked', measured: ready / 1000, limit: 3, unit: ' s', better: 'less' }]
}
