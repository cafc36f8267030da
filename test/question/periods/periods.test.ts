import { describe, expect, test } from 'vitest'
import { readPeriod } from '#src/question/periods/read.ts'
import { type PeriodContext, resolvePeriod } from '#src/question/periods/resolve.ts'
import { tokenize } from '#src/question/tokens.ts'

/** What a text means on a day. All of it must be read. */
const meaning = (text: string, ctx: PeriodContext) => {
  const tokens = tokenize(text)
  const found = readPeriod(tokens, 0)
  if (!found) return 'not a period'
  if (found.to < tokens.length)
    return `only ${tokens
      .slice(0, found.to)
      .map(t => t.text)
      .join(' ')}`
  return resolvePeriod(found.expression, ctx)
}

type Row = [text: string, start: string, end: string, label: string, insteadOf?: string]

const holds = (ctx: PeriodContext, rows: Row[]) =>
  test.each(rows)('%s: %s to before %s', (text, start, end, label, insteadOf) => {
    const period = meaning(text, ctx)
    expect(period).toMatchObject({ start, end, label })
    expect(typeof period === 'object' && 'insteadOf' in period ? period.insteadOf : undefined).toBe(insteadOf)
  })

const calendar = { weekStart: 1, fiscalStart: 1 } as const
const data = { first: '2022-01-01', last: '2023-06-14' }

describe('on Thursday, 15 June 2023', () => {
  const ctx: PeriodContext = { today: '2023-06-15', calendar, data }

  describe('days', () => {
    holds(ctx, [
      ['yesterday', '2023-06-14', '2023-06-15', '14 Jun 2023'],
      ['day before yesterday', '2023-06-13', '2023-06-14', '13 Jun 2023'],
      ['the day before yesterday', '2023-06-13', '2023-06-14', '13 Jun 2023'],
      ['last 7 days', '2023-06-08', '2023-06-15', '8–14 Jun 2023'],
      ['past 7 days', '2023-06-08', '2023-06-15', '8–14 Jun 2023'],
      ['the last seven days', '2023-06-08', '2023-06-15', '8–14 Jun 2023'],
      ['last 30 days', '2023-05-16', '2023-06-15', '16 May – 14 Jun 2023'],
      ['last 90 days', '2023-03-17', '2023-06-15', '17 Mar – 14 Jun 2023'],
      ['last 365 days', '2022-06-15', '2023-06-15', '15 Jun 2022 – 14 Jun 2023'],
      ['last 1 day', '2023-06-14', '2023-06-15', '14 Jun 2023'],
      ['10 days ago', '2023-06-05', '2023-06-06', '5 Jun 2023'],
      ['last Monday', '2023-06-12', '2023-06-13', '12 Jun 2023'],
      ['last Thursday', '2023-06-08', '2023-06-09', '8 Jun 2023'],
      ['last Friday', '2023-06-09', '2023-06-10', '9 Jun 2023'],
      ['last Sunday', '2023-06-11', '2023-06-12', '11 Jun 2023'],
    ])
  })

  describe('weeks', () => {
    holds(ctx, [
      ['last week', '2023-06-05', '2023-06-12', '5–11 Jun 2023'],
      ['this week', '2023-06-12', '2023-06-16', '12–15 Jun 2023'],
      ['last 2 weeks', '2023-05-29', '2023-06-12', '29 May – 11 Jun 2023'],
      ['past four weeks', '2023-05-15', '2023-06-12', '15 May – 11 Jun 2023'],
      ['2 weeks ago', '2023-05-29', '2023-06-05', '29 May – 4 Jun 2023'],
      ['WTD', '2023-06-12', '2023-06-16', '12–15 Jun 2023'],
      ['week to date', '2023-06-12', '2023-06-16', '12–15 Jun 2023'],
    ])
  })

  describe('months', () => {
    holds(ctx, [
      ['last month', '2023-05-01', '2023-06-01', 'May 2023'],
      ['previous month', '2023-05-01', '2023-06-01', 'May 2023'],
      ['the prior month', '2023-05-01', '2023-06-01', 'May 2023'],
      ['last full month', '2023-05-01', '2023-06-01', 'May 2023'],
      ['this month', '2023-06-01', '2023-06-16', '1–15 Jun 2023'],
      ['current month', '2023-06-01', '2023-06-16', '1–15 Jun 2023'],
      ['MTD', '2023-06-01', '2023-06-16', '1–15 Jun 2023'],
      ['month to date', '2023-06-01', '2023-06-16', '1–15 Jun 2023'],
      ['last 3 months', '2023-03-01', '2023-06-01', 'Mar–May 2023'],
      ['last six months', '2022-12-01', '2023-06-01', 'Dec 2022 – May 2023'],
      ['trailing 12 months', '2022-06-01', '2023-06-01', 'Jun 2022 – May 2023'],
      ['3 months ago', '2023-03-01', '2023-04-01', 'March 2023'],
      ['a month ago', '2023-05-01', '2023-06-01', 'May 2023'],
      ['March', '2023-03-01', '2023-04-01', 'March 2023'],
      ['June', '2023-06-01', '2023-07-01', 'June 2023'],
      ['July', '2022-07-01', '2022-08-01', 'July 2022'],
      ['dec', '2022-12-01', '2023-01-01', 'December 2022'],
      ['May', '2023-05-01', '2023-06-01', 'May 2023'],
      ['last March', '2023-03-01', '2023-04-01', 'March 2023'],
      ['last June', '2022-06-01', '2022-07-01', 'June 2022'],
      ['last July', '2022-07-01', '2022-08-01', 'July 2022'],
      ['March 2022', '2022-03-01', '2022-04-01', 'March 2022'],
      ['Mar, 2022', '2022-03-01', '2022-04-01', 'March 2022'],
      ['march of 2022', '2022-03-01', '2022-04-01', 'March 2022'],
      ['2022-03', '2022-03-01', '2022-04-01', 'March 2022'],
      ['the month of March', '2023-03-01', '2023-04-01', 'March 2023'],
      ['the month of March 2022', '2022-03-01', '2022-04-01', 'March 2022'],
    ])
  })

  describe('quarters and halves', () => {
    holds(ctx, [
      ['last quarter', '2023-01-01', '2023-04-01', 'Q1 2023'],
      ['this quarter', '2023-04-01', '2023-06-16', '1 Apr – 15 Jun 2023'],
      ['QTD', '2023-04-01', '2023-06-16', '1 Apr – 15 Jun 2023'],
      ['last 2 quarters', '2022-10-01', '2023-04-01', 'Oct 2022 – Mar 2023'],
      ['last complete quarter', '2023-01-01', '2023-04-01', 'Q1 2023'],
      ['Q1', '2023-01-01', '2023-04-01', 'Q1 2023'],
      ['Q2', '2023-04-01', '2023-07-01', 'Q2 2023'],
      ['Q3', '2022-07-01', '2022-10-01', 'Q3 2022'],
      ['Q4', '2022-10-01', '2023-01-01', 'Q4 2022'],
      ['q3 2022', '2022-07-01', '2022-10-01', 'Q3 2022'],
      ['Q3 of 2022', '2022-07-01', '2022-10-01', 'Q3 2022'],
      ["Q3 '22", '2022-07-01', '2022-10-01', 'Q3 2022'],
      ['Q3/2022', '2022-07-01', '2022-10-01', 'Q3 2022'],
      ['third quarter of 2022', '2022-07-01', '2022-10-01', 'Q3 2022'],
      ['the 3rd quarter', '2022-07-01', '2022-10-01', 'Q3 2022'],
      ['first quarter', '2023-01-01', '2023-04-01', 'Q1 2023'],
      ['H1', '2023-01-01', '2023-07-01', 'Jan–Jun 2023'],
      ['H2', '2022-07-01', '2023-01-01', 'Jul–Dec 2022'],
      ['H1 2022', '2022-01-01', '2022-07-01', 'Jan–Jun 2022'],
      ['first half of 2022', '2022-01-01', '2022-07-01', 'Jan–Jun 2022'],
      ['the second half of 2022', '2022-07-01', '2023-01-01', 'Jul–Dec 2022'],
      ['first half of last year', '2022-01-01', '2022-07-01', 'Jan–Jun 2022'],
      ['first half of this year', '2023-01-01', '2023-07-01', 'Jan–Jun 2023'],
    ])
  })

  describe('years', () => {
    holds(ctx, [
      ['last year', '2022-01-01', '2023-01-01', '2022'],
      ['past year', '2022-01-01', '2023-01-01', '2022'],
      ['last 2 years', '2021-01-01', '2023-01-01', '2021–2022'],
      ['this year', '2023-01-01', '2023-06-16', '1 Jan – 15 Jun 2023'],
      ['this year so far', '2023-01-01', '2023-06-16', '1 Jan – 15 Jun 2023'],
      ['so far this year', '2023-01-01', '2023-06-16', '1 Jan – 15 Jun 2023'],
      ['YTD', '2023-01-01', '2023-06-16', '1 Jan – 15 Jun 2023'],
      ['year to date', '2023-01-01', '2023-06-16', '1 Jan – 15 Jun 2023'],
      ['2022', '2022-01-01', '2023-01-01', '2022'],
      ['the year 2022', '2022-01-01', '2023-01-01', '2022'],
      ['calendar year 2022', '2022-01-01', '2023-01-01', '2022'],
      ['FY2022', '2022-01-01', '2023-01-01', '2022'],
      ['FY22', '2022-01-01', '2023-01-01', '2022'],
    ])
  })

  describe('one day, written out', () => {
    holds(ctx, [
      ['2022-03-05', '2022-03-05', '2022-03-06', '5 Mar 2022'],
      ['2022-3-5', '2022-03-05', '2022-03-06', '5 Mar 2022'],
      ['2022/03/05', '2022-03-05', '2022-03-06', '5 Mar 2022'],
      ['3/5/2022', '2022-03-05', '2022-03-06', '5 Mar 2022'],
      ['25/3/2022', '2022-03-25', '2022-03-26', '25 Mar 2022'],
      ['05.03.2022', '2022-03-05', '2022-03-06', '5 Mar 2022'],
      ['5 March 2022', '2022-03-05', '2022-03-06', '5 Mar 2022'],
      ['March 5 2022', '2022-03-05', '2022-03-06', '5 Mar 2022'],
      ['Mar 5th, 2022', '2022-03-05', '2022-03-06', '5 Mar 2022'],
      ['the 5th of March 2022', '2022-03-05', '2022-03-06', '5 Mar 2022'],
      ['March 5', '2023-03-05', '2023-03-06', '5 Mar 2023'],
      ['July 4', '2022-07-04', '2022-07-05', '4 Jul 2022'],
      ['29 February 2024', '2024-02-29', '2024-03-01', '29 Feb 2024'],
      ['31 December', '2022-12-31', '2023-01-01', '31 Dec 2022'],
    ])
  })

  describe('from one to another: both ends are in', () => {
    holds(ctx, [
      ['from 2023-03-05 to 2023-04-01', '2023-03-05', '2023-04-02', '5 Mar – 1 Apr 2023'],
      ['between 2023-03-05 and 2023-04-01', '2023-03-05', '2023-04-02', '5 Mar – 1 Apr 2023'],
      ['2023-03-05 to 2023-04-01', '2023-03-05', '2023-04-02', '5 Mar – 1 Apr 2023'],
      ['between March 5 and March 12', '2023-03-05', '2023-03-13', '5–12 Mar 2023'],
      ['from March to May', '2023-03-01', '2023-06-01', 'Mar–May 2023'],
      ['from March through May 2022', '2022-03-01', '2022-06-01', 'Mar–May 2022'],
      ['January to March 2022', '2022-01-01', '2022-04-01', 'Q1 2022'],
      ['Jan–Mar 2022', '2022-01-01', '2022-04-01', 'Q1 2022'],
      ['between Jan and Mar 2022', '2022-01-01', '2022-04-01', 'Q1 2022'],
      ['from Jan 2022 to March', '2022-01-01', '2022-04-01', 'Q1 2022'],
      ['from November to February', '2022-11-01', '2023-03-01', 'Nov 2022 – Feb 2023'],
      ['from November 2021 to February 2022', '2021-11-01', '2022-03-01', 'Nov 2021 – Feb 2022'],
      ['from November to February 2022', '2021-11-01', '2022-03-01', 'Nov 2021 – Feb 2022'],
      ['from Nov 2021 to Feb', '2021-11-01', '2022-03-01', 'Nov 2021 – Feb 2022'],
      ['from 2 to 8 June', '2023-06-02', '2023-06-09', '2–8 Jun 2023'],
      ['12 - 18 June 2022', '2022-06-12', '2022-06-19', '12–18 Jun 2022'],
      ['June 12-18 2022', '2022-06-12', '2022-06-19', '12–18 Jun 2022'],
      ['June 12 to 18, 2022', '2022-06-12', '2022-06-19', '12–18 Jun 2022'],
      ['Q1 to Q3 2022', '2022-01-01', '2022-10-01', 'Jan–Sep 2022'],
      ['from Q1 2022 to Q3', '2022-01-01', '2022-10-01', 'Jan–Sep 2022'],
      ['2021 to 2022', '2021-01-01', '2023-01-01', '2021–2022'],
      ['from 2021 through 2022', '2021-01-01', '2023-01-01', '2021–2022'],
      ['since March', '2023-03-01', '2023-06-16', 'since 1 Mar 2023'],
      ['since 2022-11-05', '2022-11-05', '2023-06-16', 'since 5 Nov 2022'],
      ['since last month', '2023-05-01', '2023-06-16', 'since 1 May 2023'],
      ['from March onwards', '2023-03-01', '2023-06-16', 'since 1 Mar 2023'],
      ['from March to now', '2023-03-01', '2023-06-16', 'since 1 Mar 2023'],
      ['until March', '2022-01-01', '2023-04-01', 'until 31 Mar 2023'],
      ['up to March 2022', '2022-01-01', '2022-04-01', 'until 31 Mar 2022'],
      ['through May 5', '2022-01-01', '2023-05-06', 'until 5 May 2023'],
      ['before March 2023', '2022-01-01', '2023-03-01', 'until 28 Feb 2023'],
      ['after March 2023', '2023-04-01', '2023-06-16', 'since 1 Apr 2023'],
    ])
  })

  describe('several that touch are one', () => {
    holds(ctx, [
      ['March and April', '2023-03-01', '2023-05-01', 'Mar–Apr 2023'],
      ['January, February and March 2022', '2022-01-01', '2022-04-01', 'Q1 2022'],
      ['Jan, Feb, and Mar', '2023-01-01', '2023-04-01', 'Q1 2023'],
      ['November and December', '2022-11-01', '2023-01-01', 'Nov–Dec 2022'],
      ['Q1 and Q2 2022', '2022-01-01', '2022-07-01', 'Jan–Jun 2022'],
      ['April and March', '2023-03-01', '2023-05-01', 'Mar–Apr 2023'],
    ])

    test.each(['March and May', 'December and January', 'March 2021 and April 2022'])('%s is not one period', text => {
      expect(meaning(text, ctx)).toMatch(/^only /)
    })
  })

  describe('a part of a period', () => {
    holds(ctx, [
      ['first week of March', '2023-03-01', '2023-03-08', '1–7 Mar 2023'],
      ['last week of March', '2023-03-25', '2023-04-01', '25–31 Mar 2023'],
      ['the first two weeks of March', '2023-03-01', '2023-03-15', '1–14 Mar 2023'],
      ['last two weeks of November', '2022-11-17', '2022-12-01', '17–30 Nov 2022'],
      ['first 10 days of March', '2023-03-01', '2023-03-11', '1–10 Mar 2023'],
      ['last 3 days of February 2024', '2024-02-27', '2024-03-01', '27–29 Feb 2024'],
      ['last 3 days of February 2023', '2023-02-26', '2023-03-01', '26–28 Feb 2023'],
      ['second week of May', '2023-05-08', '2023-05-15', '8–14 May 2023'],
      ['first month of 2022', '2022-01-01', '2022-02-01', 'January 2022'],
      ['last quarter of 2022', '2022-10-01', '2023-01-01', 'Q4 2022'],
      ['first quarter of last year', '2022-01-01', '2022-04-01', 'Q1 2022'],
      ['last month of last year', '2022-12-01', '2023-01-01', 'December 2022'],
      ['first day of last month', '2023-05-01', '2023-05-02', '1 May 2023'],
      ['last day of last month', '2023-05-31', '2023-06-01', '31 May 2023'],
      ['second half of April', '2023-04-16', '2023-05-01', '16–30 Apr 2023'],
      ['first half of February 2023', '2023-02-01', '2023-02-15', '1–14 Feb 2023'],
    ])
  })

  describe('what cannot be', () => {
    test.each<[string, string, string]>([
      ['last 0 days', 'zero', '“Last 0 days” holds no days; say how many days you want.'],
      ['last zero weeks', 'zero', '“Last 0 weeks” holds no days; say how many weeks you want.'],
      ['29 February 2023', 'impossible', 'There is no 29 February 2023; February 2023 has 28 days.'],
      ['Feb 29', 'impossible', 'There is no 29 February 2023; February 2023 has 28 days.'],
      ['30 February 2024', 'impossible', 'There is no 30 February 2024; February 2024 has 29 days.'],
      ['2023-02-29', 'impossible', 'There is no 29 February 2023; February 2023 has 28 days.'],
      ['April 31', 'impossible', 'There is no 31 April 2023; April 2023 has 30 days.'],
      ['2023-13-01', 'impossible', '“2023-13-01” is not a date; write it as YYYY-MM-DD.'],
      ['from 2023-02-01 to 2023-02-30', 'impossible', 'There is no 30 February 2023; February 2023 has 28 days.'],
      ['from 2023-05-01 to 2023-04-01', 'backwards', 'This period ends before it begins.'],
      ['between 2022 and 2021', 'backwards', 'This period ends before it begins.'],
      ['tomorrow', 'future', 'Tomorrow has not happened yet, so there is nothing to count.'],
      ['next month', 'future', 'The next month has not happened yet, so there is nothing to count.'],
      ['upcoming quarter', 'future', 'The next quarter has not happened yet, so there is nothing to count.'],
    ])('%s', (text, problem, sentence) => {
      expect(meaning(text, ctx)).toEqual({ problem, sentence })
    })

    test.each([
      'last',
      'next',
      'last few months',
      'month',
      '32 March',
      'soon',
      'may I',
      'first',
      'last banana',
      '7 days',
      'to date',
    ])('“%s” is no period', text => {
      expect(meaning(text, ctx)).toMatch(/^(not a period|only )/)
    })
  })

  test('today is read again when the data ends the day before', () => {
    expect(meaning('today', ctx)).toMatchObject({ start: '2023-06-14', end: '2023-06-15', insteadOf: '15 Jun 2023' })
    expect(meaning('today', { today: '2023-06-15', calendar })).toMatchObject({
      start: '2023-06-15',
      end: '2023-06-16',
      label: '15 Jun 2023',
    })
  })

  test('this month, this year and to-date periods say that they are not over', () => {
    for (const text of ['this month', 'YTD', 'week to date', 'since March'])
      expect(meaning(text, ctx), text).toMatchObject({ toDate: true })
    for (const text of ['last month', 'March', '2022', 'last 7 days'])
      expect(meaning(text, ctx), text).not.toHaveProperty('toDate', true)
  })

  test('a calendar unit is named, so that the one before can be found', () => {
    expect(meaning('last 3 months', ctx)).toMatchObject({ unit: 'month', count: 3 })
    expect(meaning('Q3 2022', ctx)).toMatchObject({ unit: 'quarter', count: 1 })
    expect(meaning('last 7 days', ctx)).toMatchObject({ unit: 'day', count: 7 })
    expect(meaning('H1 2022', ctx)).toMatchObject({ unit: 'month', count: 6 })
  })
})

describe('on New Year’s Day 2024, a Monday, with data of the day too', () => {
  holds({ today: '2024-01-01', calendar, data: { first: '2022-01-01', last: '2024-01-01' } }, [
    ['yesterday', '2023-12-31', '2024-01-01', '31 Dec 2023'],
    ['last week', '2023-12-25', '2024-01-01', '25–31 Dec 2023'],
    ['this week', '2024-01-01', '2024-01-02', '1 Jan 2024'],
    ['last 7 days', '2023-12-25', '2024-01-01', '25–31 Dec 2023'],
    ['last Monday', '2023-12-25', '2023-12-26', '25 Dec 2023'],
    ['last month', '2023-12-01', '2024-01-01', 'December 2023'],
    ['January', '2024-01-01', '2024-02-01', 'January 2024'],
    ['December', '2023-12-01', '2024-01-01', 'December 2023'],
    ['Q1', '2024-01-01', '2024-04-01', 'Q1 2024'],
    ['Q4', '2023-10-01', '2024-01-01', 'Q4 2023'],
    ['last quarter', '2023-10-01', '2024-01-01', 'Q4 2023'],
    ['last year', '2023-01-01', '2024-01-01', '2023'],
    ['YTD', '2024-01-01', '2024-01-02', '1 Jan 2024'],
    ['last 12 months', '2023-01-01', '2024-01-01', '2023'],
    ['a week ago', '2023-12-25', '2024-01-01', '25–31 Dec 2023'],
  ])
})

describe('around a leap day', () => {
  holds({ today: '2024-02-29', calendar }, [
    ['today', '2024-02-29', '2024-03-01', '29 Feb 2024'],
    ['29 February', '2024-02-29', '2024-03-01', '29 Feb 2024'],
    ['this month', '2024-02-01', '2024-03-01', 'February 2024'],
    ['a year ago', '2023-01-01', '2024-01-01', '2023'],
    ['last month', '2024-01-01', '2024-02-01', 'January 2024'],
    ['February 2023', '2023-02-01', '2023-03-01', 'February 2023'],
  ])
  holds({ today: '2024-03-01', calendar }, [
    ['yesterday', '2024-02-29', '2024-03-01', '29 Feb 2024'],
    ['last month', '2024-02-01', '2024-03-01', 'February 2024'],
    ['last 2 days', '2024-02-28', '2024-03-01', '28–29 Feb 2024'],
  ])
  holds({ today: '2024-03-31', calendar }, [
    ['last month', '2024-02-01', '2024-03-01', 'February 2024'],
    ['a month ago', '2024-02-01', '2024-03-01', 'February 2024'],
    ['last 3 months', '2023-12-01', '2024-03-01', 'Dec 2023 – Feb 2024'],
  ])
})

describe('weeks that start on another day', () => {
  holds({ today: '2023-06-15', calendar: { weekStart: 7, fiscalStart: 1 } }, [
    ['last week', '2023-06-04', '2023-06-11', '4–10 Jun 2023'],
    ['this week', '2023-06-11', '2023-06-16', '11–15 Jun 2023'],
    ['last 2 weeks', '2023-05-28', '2023-06-11', '28 May – 10 Jun 2023'],
  ])
  holds({ today: '2023-06-15', calendar: { weekStart: 6, fiscalStart: 1 } }, [
    ['last week', '2023-06-03', '2023-06-10', '3–9 Jun 2023'],
    ['this week', '2023-06-10', '2023-06-16', '10–15 Jun 2023'],
  ])
})

describe('a fiscal year that starts in April', () => {
  holds({ today: '2023-06-15', calendar: { weekStart: 1, fiscalStart: 4 } }, [
    ['this year', '2023-04-01', '2023-06-16', '1 Apr – 15 Jun 2023'],
    ['YTD', '2023-04-01', '2023-06-16', '1 Apr – 15 Jun 2023'],
    ['last year', '2022-04-01', '2023-04-01', 'FY2023'],
    ['2023', '2022-04-01', '2023-04-01', 'FY2023'],
    ['FY23', '2022-04-01', '2023-04-01', 'FY2023'],
    ['last quarter', '2023-01-01', '2023-04-01', 'Jan–Mar 2023'],
    ['this quarter', '2023-04-01', '2023-06-16', '1 Apr – 15 Jun 2023'],
    ['Q1', '2023-04-01', '2023-07-01', 'Apr–Jun 2023'],
    ['Q4', '2023-01-01', '2023-04-01', 'Jan–Mar 2023'],
    ['Q1 2023', '2022-04-01', '2022-07-01', 'Apr–Jun 2022'],
    ['H1', '2023-04-01', '2023-10-01', 'Apr–Sep 2023'],
    ['March 2023', '2023-03-01', '2023-04-01', 'March 2023'],
    ['last month', '2023-05-01', '2023-06-01', 'May 2023'],
  ])
})

describe('a period that lies wholly after the data is read again from the data’s end', () => {
  describe('on 10 March 2024, with data of whole years up to 31 December 2023', () => {
    holds({ today: '2024-03-10', calendar, data: { first: '2022-01-01', last: '2023-12-31' } }, [
      ['last month', '2023-12-01', '2024-01-01', 'December 2023', 'February 2024'],
      ['last week', '2023-12-25', '2024-01-01', '25–31 Dec 2023', '26 Feb – 3 Mar 2024'],
      ['last 7 days', '2023-12-25', '2024-01-01', '25–31 Dec 2023', '3–9 Mar 2024'],
      ['yesterday', '2023-12-31', '2024-01-01', '31 Dec 2023', '9 Mar 2024'],
      ['today', '2023-12-31', '2024-01-01', '31 Dec 2023', '10 Mar 2024'],
      ['this month', '2023-12-01', '2024-01-01', 'December 2023', '1–10 Mar 2024'],
      ['MTD', '2023-12-01', '2024-01-01', 'December 2023', '1–10 Mar 2024'],
      ['this year', '2023-01-01', '2024-01-01', '2023', '1 Jan – 10 Mar 2024'],
      ['this quarter', '2023-10-01', '2024-01-01', 'Q4 2023', '1 Jan – 10 Mar 2024'],
      ['February', '2023-02-01', '2023-03-01', 'February 2023', 'February 2024'],
      ['Q1', '2023-01-01', '2023-04-01', 'Q1 2023', 'Q1 2024'],
      ['March 5', '2023-03-05', '2023-03-06', '5 Mar 2023', '5 Mar 2024'],
      ['2 weeks ago', '2023-12-18', '2023-12-25', '18–24 Dec 2023', '19–25 Feb 2024'],
      ['last Monday', '2023-12-25', '2023-12-26', '25 Dec 2023', '4 Mar 2024'],
      ['first half of this year', '2023-01-01', '2023-07-01', 'Jan–Jun 2023', 'Jan–Jun 2024'],
      ['since February', '2023-02-01', '2024-01-01', 'Feb–Dec 2023', 'since 1 Feb 2024'],
    ])
  })

  describe('what the data reaches, or was said in full, stays', () => {
    holds({ today: '2024-03-10', calendar, data: { first: '2022-01-01', last: '2023-12-31' } }, [
      ['last quarter', '2023-10-01', '2024-01-01', 'Q4 2023'],
      ['last year', '2023-01-01', '2024-01-01', '2023'],
      ['last 3 months', '2023-12-01', '2024-03-01', 'Dec 2023 – Feb 2024'],
      ['February 2024', '2024-02-01', '2024-03-01', 'February 2024'],
      ['2024', '2024-01-01', '2025-01-01', '2024'],
      ['Q1 2024', '2024-01-01', '2024-04-01', 'Q1 2024'],
      ['from 2024-01-05 to 2024-02-01', '2024-01-05', '2024-02-02', '5 Jan – 1 Feb 2024'],
      ['2019', '2019-01-01', '2020-01-01', '2019'],
      ['December', '2023-12-01', '2024-01-01', 'December 2023'],
    ])
  })

  describe('data that ends within a month: the latest complete one, or the one that holds its last day', () => {
    holds({ today: '2024-02-15', calendar, data: { first: '2022-01-01', last: '2023-12-20' } }, [
      ['last month', '2023-11-01', '2023-12-01', 'November 2023', 'January 2024'],
      ['this month', '2023-12-01', '2023-12-21', '1–20 Dec 2023', '1–15 Feb 2024'],
      ['last week', '2023-12-11', '2023-12-18', '11–17 Dec 2023', '5–11 Feb 2024'],
      ['this week', '2023-12-18', '2023-12-21', '18–20 Dec 2023', '12–15 Feb 2024'],
      ['yesterday', '2023-12-20', '2023-12-21', '20 Dec 2023', '14 Feb 2024'],
      ['last 3 days', '2023-12-18', '2023-12-21', '18–20 Dec 2023', '12–14 Feb 2024'],
    ])
  })
})

test('a period is found where it stands, up to its last word', () => {
  const tokens = tokenize('revenue in March 2022 by state')
  expect(readPeriod(tokens, 2)?.to).toBe(4)
  expect(readPeriod(tokens, 0)).toBeUndefined()
})

test.each([
  ['revenue may drop', 1],
  ['may we see it', 0],
  ['what may be wrong', 1],
])('“may” is no month in “%s”', (text, at) => {
  expect(readPeriod(tokenize(text), at)).toBeUndefined()
})

test.each([
  ['revenue in may', 2],
  ['May revenue', 0],
  ['orders of may 2022', 2],
  ['march vs may', 2],
])('“may” is a month in “%s”', (text, at) => {
  expect(readPeriod(tokenize(text), at)?.expression).toMatchObject({ kind: 'month', month: 5 })
})

describe('days that no calendar here reaches are said to be so', () => {
  test.each([
    '9999-12-31',
    'since 0001-01-01',
    'from 0001-01-01 to 2023-05-01',
    '0001-01-01 to 9999-12-31',
    'last 99999 years',
    'last 9999999999 days',
  ])('%s', text => {
    expect(meaning(text, { today: '2023-06-15', calendar, data })).toEqual({
      problem: 'impossible',
      sentence: 'I can look at days from 1700 to 2999, and at 800 years at most.',
    })
  })
})
