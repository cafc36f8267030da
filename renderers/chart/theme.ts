import type { Theme } from '#src/vocabulary/chart.ts'

/** Everything about colour that differs between light and dark. Colours are opaque `#RRGGBB`. */
export type Look = {
  name: Theme
  background: string
  /** Titles, names and values. */
  text: string
  /** Subtitles and axis labels. */
  soft: string
  /** Notes and second lines. */
  faint: string
  grid: string
  /** Behind a figure that stands in a field of its own. */
  field: string
  axis: string
  /** A single series, and the bar the headline is about. */
  primary: string
  /** Bars beside a highlighted one. */
  tint: string
  /** "Other", and series past the palette. */
  muted: string
  good: string
  bad: string
  /** Series in order. Smallest CIEDE2000 distance over normal, protan, deutan and tritan sight: 15.6 light, 12.5 dark. */
  palette: readonly string[]
  /** The same hues dark (or light) enough for text, at least 4.5:1. */
  ink: readonly string[]
  /** From low to high, for heatmaps and tile maps. */
  ramp: readonly string[]
  /** From most negative to zero. */
  negativeRamp: readonly string[]
}

/** The two looks. A picture is opaque: people in one channel see one PNG in different themes. */
export const looks: Record<Theme, Look> = {
  light: {
    name: 'light',
    background: '#FFFFFF',
    text: '#0F172A',
    soft: '#475569',
    faint: '#64748B',
    grid: '#E5E9F0',
    field: '#F6F8FB',
    axis: '#94A3B8',
    primary: '#1D4ED8',
    tint: '#A9C2F5',
    muted: '#CBD5E1',
    good: '#0F766E',
    bad: '#BE123C',
    palette: ['#1D4ED8', '#E58F12', '#068674', '#D51259', '#3CA7F9', '#4B2162', '#9BA4B0'],
    ink: ['#1D4ED8', '#9A5B00', '#056B5D', '#C01050', '#0B69B7', '#4B2162', '#566173'],
    ramp: ['#DBEAFE', '#93BBFD', '#4F8BF7', '#2563EB', '#1E3A8A'],
    negativeRamp: ['#7A2E0E', '#C2570C', '#F19A4B', '#F9CFA4', '#FDF0E1'],
  },
  dark: {
    name: 'dark',
    background: '#1A1D21',
    text: '#F1F5F9',
    soft: '#CBD5E1',
    faint: '#94A3B8',
    grid: '#2E343B',
    field: '#22262B',
    axis: '#64748B',
    primary: '#7C9DF2',
    tint: '#3B5B8C',
    muted: '#4A5462',
    good: '#2DD4BF',
    bad: '#FB7185',
    palette: ['#90A4E0', '#D6AF58', '#07B19F', '#F3518C', '#EDF8FC', '#B257F8', '#A9D8F9'],
    ink: ['#A5B6EA', '#DDBB70', '#2CC4B3', '#F77AA7', '#EDF8FC', '#C68BFA', '#A9D8F9'],
    ramp: ['#16337F', '#1D4ED8', '#3B82F6', '#7DB2FB', '#DBEAFE'],
    negativeRamp: ['#FDE3C8', '#F3A65E', '#D9771F', '#9A4B10', '#4A2A14'],
  },
}

/**
 * `full` is 1200 × 720 in true colour. `small`, for rooms that count bytes, has a palette and 1020 × 612 pixels, fewer (down to 600 × 360)
 * when it would weigh more than 24 kB.
 */
export type PictureFormat = 'full' | 'small'

/** Sizes in CSS pixels. A picture is 600 × 360, drawn at twice that. Labels are at least 2.4 % of the width where they fit. */
export const size = {
  width: 600,
  height: 360,
  scale: 2,
  margin: 21,
  title: 21,
  subtitle: 15,
  label: 14.5,
  direct: 15,
  small: 13,
} as const

/** The colour of a series by its place; past the palette everything is muted. */
export const seriesColour = (look: Look, index: number): string => look.palette[index] ?? look.muted

/** The colour of a series' label by its place. */
export const seriesInk = (look: Look, index: number): string => look.ink[index] ?? look.faint
