/** Colours of a terminal; without colour every text stays as it is. */
export type Ink = Record<'bold' | 'dim' | 'blue' | 'green' | 'red' | 'yellow', (text: string) => string>

export const inkFor = (colour: boolean): Ink => {
  const paint = (on: number, off: number) => (text: string) =>
    colour && text ? `\u001b[${on}m${text}\u001b[${off}m` : text
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    blue: paint(34, 39),
    green: paint(32, 39),
    red: paint(31, 39),
    yellow: paint(33, 39),
  }
}
