import type { Category, Product } from '../categories.ts'

/** What people write about each category; `both` to either bot. */
export type Phrases = Record<Category, { both?: readonly string[] } & Partial<Record<Product, readonly string[]>>>
