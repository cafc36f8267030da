import { z } from 'zod'
import { wishKinds } from '#src/study/draw-as.ts'

const sentence = z.object({ text: z.string(), cites: z.array(z.string()) })

/** A story and, when another one shows the result better, a chart, as a language model gives them. */
export const toldSchema = z.object({
  headline: sentence,
  summary: z.array(sentence),
  insights: z.array(sentence),
  implications: z.array(sentence),
  chart: z
    .object({
      kind: z.enum(wishKinds),
      x: z.string().nullable(),
      y: z.array(z.string()),
      series: z.string().nullable(),
    })
    .nullable(),
})
/** The beginning of one: sentences that are not whole are left out. */
const begunSentences = z
  .array(z.unknown())
  .transform(all => all.flatMap(one => sentence.safeParse(one).data ?? []))
  .optional()
export const begunSchema = z.object({
  headline: sentence.optional().catch(undefined),
  ...{ summary: begunSentences, insights: begunSentences, implications: begunSentences },
})
export type ToldByModel = z.infer<typeof toldSchema>
