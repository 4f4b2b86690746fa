/**
 * What the page does. The page works without it; it adds: one video at a time, j/k/space, jumps to a line, the moving
 * playhead on the curve, the readout, and the choice of light or dark. Must not contain `</script`.
 */
export const reportScript = `
'use strict'
;(() => {
  const root = document.documentElement
  const all = (selector, from = document) => Array.from(from.querySelectorAll(selector))
  const byId = (id) => document.getElementById(id)
  const clips = all('.clip')
  const calm = matchMedia('(prefers-reduced-motion: reduce)')
  let current = -1

  // Light or dark. Storage may be refused for pages from disk.
  const remember = (theme) => { try { localStorage.setItem('clipwright-theme', theme) } catch {} }
  const recall = () => { try { return localStorage.getItem('clipwright-theme') } catch { return null } }
  const known = recall()
  if (known === 'dark' || known === 'light') root.dataset.theme = known
  byId('theme').addEventListener('click', () => {
    const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
    root.dataset.theme = dark ? 'light' : 'dark'
    remember(root.dataset.theme)
  })

  // One clip is the current one.
  const choose = (index) => {
    current = index
    clips.forEach((clip, i) => {
      clip.classList.toggle('is-current', i === index)
      const span = byId('span-' + clip.id.slice(5))
      if (span) span.classList.toggle('is-current', i === index)
    })
  }
  const goTo = (index) => {
    const clip = clips[Math.min(clips.length - 1, Math.max(0, index))]
    if (!clip) return
    choose(clips.indexOf(clip))
    clip.focus({ preventScroll: true })
    clip.scrollIntoView({ block: innerWidth > 700 ? 'center' : 'start', behavior: calm.matches ? 'auto' : 'smooth' })
  }
  document.addEventListener('focusin', (event) => {
    const clip = event.target.closest('.clip')
    if (clip) choose(clips.indexOf(clip))
  })
  const videos = all('video')
  const pauseOthers = (video) => videos.forEach((other) => { if (other !== video) other.pause() })
  // The others first: an event of theirs still on its way must find them paused, or two would pause each other.
  const start = (video) => { pauseOthers(video); const started = video.play(); if (started) started.catch(() => {}) }

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    if (event.key === 'j') goTo(current + 1)
    else if (event.key === 'k') goTo(current - 1)
    else if (event.key === ' ' && current >= 0 && !event.target.closest('button, a, summary, video')) {
      const video = clips[current].querySelector('video')
      if (!video) return
      event.preventDefault()
      if (video.paused) start(video)
      else video.pause()
    }
  })

  all('.span').forEach((span) => {
    span.addEventListener('click', (event) => {
      event.preventDefault()
      goTo(clips.findIndex((clip) => '#' + clip.id === span.getAttribute('href')))
    })
  })

  // Players.
  const playhead = byId('playhead')
  const chart = byId('chart')
  const duration = chart ? Number(chart.dataset.duration) : 0
  const inRecording = (video) => {
    const { startsAt, ...card } = video.closest('.clip').dataset
    let rest = Math.max(0, video.currentTime - Number(startsAt))
    const ranges = card.ranges.split(',').map((range) => range.split('-').map(Number))
    for (const [from, to] of ranges) {
      if (rest <= to - from) return from + rest
      rest -= to - from
    }
    return ranges[ranges.length - 1][1]
  }
  videos.forEach((video) => {
    video.addEventListener('play', () => {
      if (video.paused) return
      choose(clips.indexOf(video.closest('.clip')))
      pauseOthers(video)
    })
    video.addEventListener('timeupdate', () => {
      if (!playhead || video.paused) return
      playhead.hidden = false
      playhead.style.left = (inRecording(video) / duration) * 100 + '%'
    })
    video.addEventListener('pause', () => { if (playhead && videos.every((each) => each.paused)) playhead.hidden = true })
    video.addEventListener('error', () => { video.nextElementSibling.hidden = false })
  })
  all('[data-seek]').forEach((button) => {
    button.addEventListener('click', () => {
      const video = button.closest('.clip').querySelector('video')
      video.currentTime = Number(button.dataset.seek)
      start(video)
    })
  })

  // What the curve says under the pointer.
  if (chart) {
    const readout = byId('readout')
    const cursor = byId('cursor')
    const values = chart.dataset.values.split(',').map(Number)
    const reach = Number(chart.dataset.reach)
    const two = (n) => String(n).padStart(2, '0')
    const clock = (s) => s >= 3600
      ? Math.floor(s / 3600) + ':' + two(Math.floor(s / 60) % 60) + ':' + two(Math.floor(s) % 60)
      : Math.floor(s / 60) + ':' + two(Math.floor(s) % 60)
    const rest = () => { readout.textContent = readout.dataset.rest; cursor.hidden = true }
    chart.addEventListener('pointermove', (event) => {
      const box = chart.getBoundingClientRect()
      const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width))
      cursor.hidden = false
      cursor.style.left = share * 100 + '%'
      const span = event.target.closest('.span')
      const value = values[Math.min(values.length - 1, Math.floor((share / reach) * values.length))]
      readout.textContent = span ? span.dataset.tells : clock(share * duration) + ' · ' + (share > reach ? 'no score' : 'score ' + value)
    })
    chart.addEventListener('pointerleave', rest)
    chart.addEventListener('focusin', (event) => { if (event.target.dataset.tells) readout.textContent = event.target.dataset.tells })
    chart.addEventListener('focusout', rest)
  }
})()
`
