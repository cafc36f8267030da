import { readFileSync } from 'node:fs'
import Draft04 from 'ajv-draft-04'
import formats from 'ajv-formats'
import { createCanvas, loadImage } from 'canvas'
import { strFromU8, unzipSync } from 'fflate'

/** What is wrong with a Teams app package, one sentence each; none when Teams would take it. */
export const packageProblems = async (zip: Uint8Array): Promise<string[]> => {
  const files = unzipSync(zip)
  const names = Object.keys(files).toSorted()
  if (names.join() !== 'color.png,manifest.json,outline.png') return [`the zip holds ${names.join(', ')}`]
  return [
    ...manifestProblems(strFromU8(files['manifest.json']!)),
    ...(await colorIconProblems(files['color.png']!)),
    ...(await outlineIconProblems(files['outline.png']!)),
  ]
}

/** What the schema of Microsoft says (from its own package), and what it does not look at. */
export const manifestProblems = (text: string): string[] => {
  const manifest: unknown = JSON.parse(text)
  if (!validate(manifest)) return (validate.errors ?? []).map(e => `${e.instancePath} ${e.message}`)
  return [
    ...(text.match(/\$\{\w*\}/g) ?? []).map(place => `${place} was not filled`),
    ...(text.match(/"http:[^"]*"/g) ?? []).map(url => `${url} is not sealed`),
    ...repeatedCommands(manifest),
  ]
}

const schemaFile = 'node_modules/@microsoft/app-manifest/build/json-schemas/teams/v1.29/MicrosoftTeams.schema.json'
const withoutMark = readFileSync(schemaFile, 'utf8').replace(/^\uFEFF/, '')

type Manifest = { bots: { commandLists: { commands: { title: string }[] }[] }[] }

const validate = formats
  .default(new Draft04.default({ strict: false, allErrors: true }))
  .compile<Manifest>(JSON.parse(withoutMark) as object)

const repeatedCommands = ({ bots }: Manifest) =>
  bots
    .flatMap(bot => bot.commandLists.map(list => list.commands.map(c => c.title)))
    .flatMap(titles => titles.filter((title, i) => titles.indexOf(title) !== i).map(t => `${t} stands twice in a list`))

/** Icons: https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package#app-icons */
export const colorIconProblems = async (png: Uint8Array): Promise<string[]> => {
  const { width, height, pixels } = await decoded(png)
  if (width !== 192 || height !== 192) return [`color.png is ${width} × ${height}`]
  const corner = pixels[0]!.join()
  const square = pixels.every(([, , , alpha]) => alpha === 255) && corner === pixels.at(-1)!.join()
  const spread = pixels.flatMap((pixel, i) => (pixel.join() === corner ? [] : [[i % 192, Math.floor(i / 192)]])).flat()
  return [
    ...(square ? [] : ['color.png is not a full square']),
    ...(Math.min(...spread) >= 48 && Math.max(...spread) < 144 ? [] : ['the symbol of color.png is cropped']),
  ]
}

export const outlineIconProblems = async (png: Uint8Array): Promise<string[]> => {
  const { width, height, pixels } = await decoded(png)
  if (width !== 32 || height !== 32) return [`outline.png is ${width} × ${height}`]
  const drawn = pixels.filter(([, , , alpha]) => alpha !== 0)
  const toTheEdge = [0, 31].every(edge => pixels.some(([, , , alpha], i) => alpha !== 0 && Math.floor(i / 32) === edge))
  return [
    ...(drawn.every(([r, g, b]) => r === 255 && g === 255 && b === 255) ? [] : ['outline.png is not white']),
    ...(drawn.length < pixels.length / 2 ? [] : ['outline.png is not see-through']),
    ...(toTheEdge ? [] : ['outline.png is padded']),
  ]
}

type Pixel = [red: number, green: number, blue: number, alpha: number]

/** The pixels of a PNG, line by line. */
export const decoded = async (png: Uint8Array): Promise<{ width: number; height: number; pixels: Pixel[] }> => {
  const image = await loadImage(Buffer.from(png))
  const pen = createCanvas(image.width, image.height).getContext('2d')
  pen.drawImage(image, 0, 0)
  const { data } = pen.getImageData(0, 0, image.width, image.height)
  const pixels = Array.from({ length: data.length / 4 }, (_, i) => [...data.slice(i * 4, i * 4 + 4)] as Pixel)
  return { width: image.width, height: image.height, pixels }
}
