import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createCanvas, type SKRSContext2D } from 'canvas'

/** `node test/gallery/icons.ts`: the two icons of the Teams app, the mark of the room's page. */
export const icons = {
  /** Full colour, square: Teams rounds or crops the corners itself, so the bars stay within the middle 96 pixels. */
  'color.png': () =>
    png(192, pen => {
      pen.fillStyle = '#1d4ed8'
      pen.fillRect(0, 0, 192, 192)
      bars(pen, { left: 58, bottom: 144, step: 38, width: 20, heights: [50, 96, 73] })
    }),
  /** White on nothing, to the edge: a frame with the same bars, on whole pixels so that it stays sharp. */
  'outline.png': () =>
    png(32, pen => {
      pen.strokeStyle = '#fff'
      pen.lineWidth = 2
      pen.beginPath()
      pen.roundRect(1, 1, 30, 30, 8)
      pen.stroke()
      bars(pen, { left: 9, bottom: 25, step: 7, width: 4, heights: [9, 18, 14] })
    }),
}

type Bars = { left: number; bottom: number; step: number; width: number; heights: number[] }

/** Bars with round ends; `left` is the middle of the first. */
const bars = (pen: SKRSContext2D, { left, bottom, step, width, heights }: Bars) => {
  pen.fillStyle = '#fff'
  for (const [i, height] of heights.entries()) {
    pen.beginPath()
    pen.roundRect(left + i * step - width / 2, bottom - height, width, height, width / 2)
    pen.fill()
  }
}

const png = (size: number, draw: (pen: SKRSContext2D) => void): Buffer => {
  const canvas = createCanvas(size, size)
  draw(canvas.getContext('2d'))
  return canvas.toBuffer('image/png')
}

const folder = 'manifest/teams'

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [name, make] of Object.entries(icons)) writeFileSync(join(folder, name), make())
