// Small charts: lines over time as plain SVG, with the same figures as a table for who does not see them.
import { figure } from '/dashboard-words.js'

const [width, height, left, bottom, top] = [320, 120, 4, 16, 12]

function svg(name, attributes = {}, ...children) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name)
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value)
  node.append(...children)
  return node
}

function html(name, text, ...children) {
  const node = document.createElement(name)
  if (text !== null) node.textContent = text
  node.append(...children)
  return node
}

/** The next number of the form 1, 2 or 5 times a power of ten. */
function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value))
  return [1, 2, 5, 10].map((each) => each * power).find((each) => each >= value * 0.999)
}

// Seconds that are said as a whole number of seconds, minutes or hours.
const roundTimes = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 18_000, 36_000, 86_400]

function topOf(lines, unit) {
  const most = Math.max(0, ...lines.flatMap(({ values }) => values.filter((value) => value !== null)))
  if (unit === 'share') return 1
  if (unit === 'seconds') return roundTimes.find((each) => each >= most) ?? roundUp(most)
  return most > 0 ? roundUp(most) : 1
}

/** Where a line is broken by points that were not measured, it stops and begins anew. */
function stretches(values) {
  const found = []
  let open = null
  values.forEach((value, i) => {
    if (value === null) open = null
    else if (open === null) found.push((open = [[i, value]]))
    else open.push([i, value])
  })
  return found
}

function drawLine(values, { className, max }) {
  const x = (i) => left + (i / Math.max(1, values.length - 1)) * (width - 2 * left)
  const y = (value) => top + (1 - value / max) * (height - top - bottom)
  return stretches(values).map((points) =>
    points.length === 1
      ? svg('circle', { class: className, cx: x(points[0][0]), cy: y(points[0][1]), r: 2 })
      : svg('polyline', {
          class: className,
          points: points.map(([i, value]) => `${x(i).toFixed(1)},${y(value).toFixed(1)}`).join(' '),
        }),
  )
}

const clock = (at, long) =>
  new Date(at).toLocaleString('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    ...(long && { day: 'numeric', month: 'short' }),
  })

const newest = (values) => values.findLast((value) => value !== null) ?? null
const most = (values) => values.reduce((a, b) => (b !== null && (a === null || b > a) ? b : a), null)

/** `lines` are `{ label, values }` of one unit over the same times. */
export function chart({ id, title, lines, unit, at, hours }) {
  const max = topOf(lines, unit)
  const isLong = hours > 24
  const sentences = lines.map(
    ({ label, values }) => `${label}: now ${figure(newest(values), unit)}, at most ${figure(most(values), unit)}`,
  )
  const picture = svg(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-labelledby': `${id}-title ${id}-desc` },
    svg('title', { id: `${id}-title` }, title),
    svg('desc', { id: `${id}-desc` }, `${sentences.join('; ')}.`),
    ...[0, 0.5, 1].map((at) => {
      const y = top + at * (height - top - bottom)
      return svg('line', { class: 'grid', x1: left, x2: width - left, y1: y, y2: y })
    }),
    ...lines.flatMap(({ values }, i) => drawLine(values, { className: `line-${i}`, max })),
    svg('text', { x: left, y: top - 3 }, figure(max, unit)),
    svg('text', { x: left, y: height - 2 }, clock(at[0], isLong)),
    svg('text', { x: width - left, y: height - 2, 'text-anchor': 'end' }, 'now'),
  )
  const node = html(
    'figure',
    null,
    html('h3', title),
    picture,
    key(lines, unit),
    table({ title, lines, unit, at, isLong }),
  )
  node.className = 'chart'
  node.dataset.id = id
  return node
}

function key(lines, unit) {
  const list = html('ul', null)
  list.className = 'key'
  list.append(
    ...lines.map(({ label, values }, i) => {
      const sample = svg('svg', { viewBox: '0 0 22 8', 'aria-hidden': 'true' })
      sample.append(svg('line', { class: `line-${i}`, x1: 1, x2: 21, y1: 4, y2: 4 }))
      const item = html('li', null, sample, document.createTextNode(`${label} ${figure(newest(values), unit)}`))
      return item
    }),
  )
  return list
}

// Two dozen rows are enough to follow a line by ear.
const rows = 24

function table({ title, lines, unit, at, isLong }) {
  const details = html('details', null, html('summary', 'As a table'))
  details.addEventListener('toggle', () => {
    if (!details.open || details.children.length > 1) return
    const heads = html('tr', null, ...['From', ...lines.map(({ label }) => label)].map((text) => headCell(text, 'col')))
    const every = Math.ceil(at.length / rows)
    const body = html('tbody', null)
    for (let i = at.length - 1; i >= 0; i -= every) {
      const cells = lines.map(({ values }) => {
        const cell = html('td', figure(values[i], unit))
        cell.className = 'number'
        return cell
      })
      body.append(html('tr', null, headCell(clock(at[i], isLong), 'row'), ...cells))
    }
    const whole = html('table', null, html('caption', title), html('thead', null, heads), body)
    whole.caption.className = 'skip'
    const box = html('div', null, whole)
    box.tabIndex = 0
    box.setAttribute('role', 'region')
    box.setAttribute('aria-label', `${title} as a table`)
    details.append(box)
  })
  return details
}

function headCell(text, scope) {
  const cell = html('th', text)
  cell.scope = scope
  return cell
}
