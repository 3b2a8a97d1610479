// One page at a time. The phone's own back button turns back a page: each page is an entry of the
// history, and `history.state.page` says which.

const pages = form ? all('.page') : []
const byId = id => document.getElementById(id)
const isShown = page => page === pages[0] || all('.item', page).some(item => !item.hidden)
let current = 0

// The next page in a direction that has something to ask; undefined at the ends.
function neighbour (step) {
  for (let n = current + step; n >= 0 && n < pages.length; n += step) {
    if (isShown(pages[n])) return n
  }
}

function drawBar () {
  const asked = pages.filter(isShown)
  const place = asked.indexOf(pages[current]) + 1
  const step = { page: place, pages: asked.length }
  const track = byId('track')
  track.hidden = false
  track.setAttribute('aria-valuenow', place)
  track.setAttribute('aria-valuemax', asked.length)
  track.setAttribute('aria-valuetext', fill(words.step, step))
  byId('progress').style.width = 100 * place / asked.length + '%'
  byId('step').textContent = place + ' / ' + asked.length
  byId('back').hidden = !current
  byId('go').textContent = !current ? words.start : neighbour(1) ? words.next : words.submit
}

function show (page) {
  current = pages[page] && isShown(pages[page]) ? page : 0
  pages.forEach((each, n) => { each.hidden = n !== current })
  drawBar()
}

function goToTop (focused) {
  window.scrollTo(0, 0)
  focused.focus({ preventScroll: true })
}

function openPage (page) {
  show(page)
  goToTop(pages[current].querySelector('h2'))
  keep()
}

function turnTo (page) {
  history.pushState({ page, from: current }, '')
  openPage(page)
}

// Back in the history where that is the page before; a restored draft has no such history.
function turnBack () {
  const page = neighbour(-1)
  if ((history.state || {}).from === page) return history.back()
  history.replaceState({ page }, '')
  openPage(page)
}

function focusOn (control) {
  const visible = control.hidden ? control.previousElementSibling : control
  visible.focus({ preventScroll: true })
  control.closest('[data-field]').scrollIntoView()
}

// A link of the summary leads to a page that may not be the one shown.
function followSummary (event) {
  const link = event.target.closest('a')
  const control = link && byId(link.hash.slice(1))
  if (!control) return
  event.preventDefault()
  const page = pages.indexOf(control.closest('.page'))
  if (page !== current) turnTo(page)
  focusOn(control)
}

function goOn () {
  const wrong = firstWrong(pages[current])
  if (wrong) return focusOn(wrong)
  const next = neighbour(1)
  if (next) turnTo(next)
  else send()
}
