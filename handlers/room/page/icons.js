const shapes = {
  send: 'M12 19V5M6 11l6-6 6 6',
  stop: 'M7.5 7.5h9v9h-9z',
  sun: 'M12 4V2M12 22v-2M4 12H2M22 12h-2M6.3 6.3 4.9 4.9M19.1 19.1l-1.4-1.4M6.3 17.7l-1.4 1.4M19.1 4.9l-1.4 1.4M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0z',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z',
  fresh: 'M12 5v14M5 12h14',
  down: 'm7 10 5 5 5-5',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  shield: 'M12 3 5 6v5.5c0 4.4 3 7.7 7 9.5 4-1.8 7-5.1 7-9.5V6zM9 12l2.2 2.2L15 10.4',
  spark: 'M12 4v4M12 16v4M4 12h4M16 12h4M7 7l2 2M15 15l2 2M17 7l-2 2M9 15l-2 2',
  expand: 'M14 5h5v5M19 5l-6 6M10 19H5v-5M5 19l6-6',
  close: 'M6 6l12 12M18 6 6 18',
  copy: 'M9 9h10v10H9zM15 9V5H5v10h4',
  download: 'M12 4v11M7 10.5l5 5 5-5M5 20h14',
  up: 'M7 11v9H4v-9zM7 11l4-7.5c1.4 0 2.3 1 2.1 2.4L12.6 9.5H18a2 2 0 0 1 2 2.4l-1.3 6.5A2 2 0 0 1 16.7 20H7',
  table: 'M4 5h16v14H4zM4 10h16M4 14.5h16M10 10v9',
  receipt: 'M6 3.5h12V21l-3-2-3 2-3-2-3 2zM9.5 8.5h5M9.5 12.5h5',
  code: 'm8.5 8-4 4 4 4M15.5 8l4 4-4 4',
  info: 'M12 11v5.5M12 7.6v.1M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z',
  alert: 'M12 8v5M12 16.4v.1M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z',
  blocked: 'M5.7 5.7l12.6 12.6M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z',
  ask: 'M9.4 9.3a2.7 2.7 0 0 1 5.2.9c0 1.8-2.6 2.3-2.6 4M12 17.1v.1M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z',
  period: 'M4 6h16v14H4zM4 10.5h16M8.5 3.5V7M15.5 3.5V7',
  split: 'M12 20v-6M12 14c0-4-6-3-6-8M12 14c0-4 6-3 6-8M3.5 8 6 5.5 8.5 8M15.5 8 18 5.5 20.5 8',
  attach:
    'm20.5 11.2-8.3 8.2a5.2 5.2 0 0 1-7.4-7.3l8.4-8.3a3.5 3.5 0 0 1 4.9 4.9l-8.3 8.2a1.7 1.7 0 0 1-2.5-2.4l7.6-7.5',
  file: 'M7 3.5h7l4 4v13H7zM14 3.5v4h4M10 12h5M10 16h5',
  phone: 'M8 3h8a1.5 1.5 0 0 1 1.5 1.5v15A1.5 1.5 0 0 1 16 21H8a1.5 1.5 0 0 1-1.5-1.5v-15A1.5 1.5 0 0 1 8 3zM11 18h2',
  chart: 'M4 20h16M7 16v-4M12 16V6M17 16V9',
}

const namespace = 'http://www.w3.org/2000/svg'

/** A line drawing of 24 × 24, hidden from screen readers: the button or text beside it says the same. */
export const icon = name => {
  const svg = document.createElementNS(namespace, 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('class', `icon icon-${name}`)
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(namespace, 'path')
  path.setAttribute('d', shapes[name])
  svg.append(path)
  return svg
}
