// Sends the form once, however often it takes: the same key tells the server that it is the same.

const LONGEST_WAIT = 30000
const GIVE_UP = 20000
let isBusy = false
let wake = null

const keep = () => { if (!isBusy) saveDraft(current, false) }
const say = text => { byId('state').textContent = text }

function send () {
  // A second tap while waiting tries at once.
  if (isBusy) return wake && wake()
  isBusy = true
  saveDraft(current, true)
  form.classList.add('busy')
  attempt(new URLSearchParams(formFields()), 1000)
}

function attempt (content, wait) {
  say(words.sending)
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(), GIVE_UP)
  const options = { method: 'POST', body: content, signal: limit.signal, credentials: 'same-origin' }
  const action = form.getAttribute('action')
  fetch(action, options).then(reply => {
    // Only our own thanks say that it was received: the sign-in page of a network answers, too.
    if (reply.redirected && new URL(reply.url).pathname === action + '/done') return arrive()
    if (reply.ok || reply.status === 429 || reply.status >= 500) throw reply
    // The server has something to show; it shows it when the form is sent the ordinary way.
    saveDraft(current, false)
    HTMLFormElement.prototype.submit.call(form)
  }).catch(() => retryLater(content, wait)).then(() => clearTimeout(timer))
}

function arrive () {
  storage.forget()
  location.replace(form.getAttribute('action') + '/done')
}

function retryLater (content, wait) {
  say(words.offline)
  const timer = setTimeout(() => wake(), wait)
  wake = () => {
    clearTimeout(timer)
    wake = null
    attempt(content, Math.min(2 * wait, LONGEST_WAIT))
  }
}

function startForm () {
  const draft = 'fresh' in form.dataset ? storage.read() : null
  if (draft) restore(draft)
  prepareControls()
  showWhatIsAsked()
  document.documentElement.classList.add('js')

  const summary = byId('summary')
  const wrong = form.querySelector('.error:not([hidden])')
  const state = history.state || {}
  const first = wrong ? pages.indexOf(wrong.closest('.page')) : draft ? state.page || draft.page : 0
  history.replaceState({ page: first }, '')
  show(first)
  if (summary) goToTop(summary)
  byId('restored').hidden = !draft

  form.addEventListener('input', keep)
  form.addEventListener('submit', event => { event.preventDefault(); goOn() })
  byId('back').addEventListener('click', turnBack)
  byId('clear').addEventListener('click', () => {
    storage.forget()
    history.replaceState({ page: 0 }, '')
    location.reload()
  })
  if (summary) summary.addEventListener('click', followSummary)
  window.addEventListener('popstate', event => openPage((event.state || {}).page || 0))
  window.addEventListener('online', () => wake && wake())
  // A page that the browser had frozen may belong to a response that was sent since.
  window.addEventListener('pageshow', event => { if (event.persisted) location.reload() })
  if (draft && draft.isSending) send()
}

if (form) startForm()
else if (document.body.dataset.forget) storage.forget()
