import { describe, expect, test } from 'vitest'
import { mask } from '#src/kpis/support/mask.ts'

describe('what points to a person is masked', () => {
  test.each([
    ["my email is joe.o'neil+pool@mail.example.com ok?", 'my email is [email] ok?'],
    ['JÖRG@bücher.example, thanks', '[email], thanks'],
    ['joe [at] example.com', '[email]'],
    ['call me at (813) 555-0134', 'call me at [phone]'],
    ['813-555-0134 or 813.555.0134 or 1-800-555-0134', '[phone] or [phone] or [phone]'],
    ['my cell 8135550134', 'my cell [phone]'],
    ['call 5550134 today', 'call [phone] today'],
    ['Handy: 0171 2345678, Büro 089/123456', 'Handy: [phone], Büro [phone]'],
    ['+49 (0) 171 2345678', '[phone]'],
    ['+1 813 555 0134', '[phone]'],
    ['card 4111 1111 1111 1111 exp 10/27', 'card [card] exp 10/27'],
    ['4111111111111111', '[card]'],
    ['5500-0000-0000-0004', '[card]'],
    ['3782 822463 10005', '[card]'],
    ['a@b.example b@c.example', '[email] [email]'],
  ])('%s', (text, masked) => {
    expect(mask(text)).toBe(masked)
  })
})

describe('what is no person stays', () => {
  test.each([
    'Is 25357-000-000 in stock?',
    '27180-200-000 and 14971-SM10E4 and R0357200',
    '42001-0060S, 47-0380-05, 406-015, 1001-1234',
    'W3SP2610X15 / 59052900 / 340039',
    'stock 5235010000',
    'o ring 59052900 for salt cell 59052901',
    'call me when part 59052900 is back',
    'phone order 88213000',
    '4111 1111 1111 1112',
    '4006381333931 is the EAN and 4111111111111112 no card',
    'a 15,000 gallon pool, 30 psi, 2023-05-01, 12:30',
    'order 5512907 of 2023-05-01',
    'zip 33602, PO 4471',
    'me @ home. Now',
    '',
    '👍',
  ])('%s', text => {
    expect(mask(text)).toBe(text)
  })
})

test('masking again changes nothing', () => {
  const once = mask('joe@mail.example, (813) 555-0134, 4111111111111111')
  expect(mask(once)).toBe(once)
})

test('a long hostile text is masked within its length, not within its square', { timeout: 10_000 }, () => {
  for (const part of ['a@', '1 ', '0', '+1', 'call ', '1-', 'a.b@c.', '4111 '])
    expect(mask(part.repeat(50_000)).length).toBeGreaterThan(0)
})
