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
export type ToldByModel = z.infer<typeof toldSchema>
