import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import type { FactCorrection, Project, StoryFact, StoryState } from '../../../api/types'
import { words } from '../../../testing/fixtures'
import { renderInConsole } from '../../../testing/renderInConsole'
import { server } from '../../../testing/setup'
import { UnsavedDraftsProvider } from '../unsavedDrafts'
import { FilmReport } from './FilmReport'
import { placeOfWord, segmentsOf, withCorrection, withoutCorrection } from './facts'
import { StoryStep } from './StoryStep'

const STORY = '/api/v1/studio/projects/{project_id}/story'
const CORRECTIONS = `${STORY}/corrections`
const TEXT = '🦊 Ning meets Yan by the lake. Zorb waits.'
const fact = (kind: StoryFact['kind'], text: string, more: Partial<StoryFact> = {}): StoryFact => {
  const start = Array.from(TEXT.slice(0, TEXT.indexOf(text))).length
  return {
    kind,
    text,
    word: '',
    spans: [{ start, end: start + text.length }],
    person: null,
    meaning: '',
    kept: null,
    places: [],
    missing: null,
    ...more,
  }
}
const person = {
  name: 'Ning',
  role: '',
  sex: 'm',
  age: null,
  being: 'human',
  group: false,
} as const
const draft = (seed: number, more = {}) => ({
  seed,
  title: `Title ${seed}`,
  logline: 'Ning meets Yan.',
  genre: 'ghost',
  seconds: 31.4,
  cast: [{ name: 'Ning', figure: 'scholar' }],
  first_line: `First ${seed}`,
  turn: '',
  ending: `End ${seed}`,
  is_kept: false,
  is_older: false,
  ...more,
})
const story: StoryState = {
  project_id: 'p1',
  text: TEXT,
  material: '',
  recognised: 'idea',
  facts: [
    fact('person', 'Ning', { person: { ...person, asked: false } }),
    fact('person', 'Yan', { person: { ...person, name: 'Yan', sex: 'f', asked: true } }),
    fact('place', 'lake', {
      kept: true,
      places: [{ shot: 's2', number: 2, second: 4.5 }],
    }),
    fact('event', 'waits', { kept: false, missing: words('no time') }),
  ],
  unknown: [{ text: 'Zorb', start: 30, end: 34 }],
  corrections: [],
  revision: 4,
  outline_older: false,
  drafts: [],
  no_more_drafts: false,
  report: null,
}
const project = {
  id: 'p1',
  idea: TEXT,
  stage: 'outline',
  language: 'en',
  job: null,
  cut_id: null,
  outline: { seed: 1 },
  script: { scenes: [] },
  outline_revision: 3,
  script_revision: 1,
} as unknown as Project

const onPlace = vi.fn()
const onProject = vi.fn()
const showStep = (shown: Partial<StoryState> = {}, of: Partial<Project> = {}) => {
  server.respond('get', STORY, () => Response.json({ ...story, ...shown }))
  return renderInConsole(
    <UnsavedDraftsProvider>
      <StoryStep project={{ ...project, ...of }} onProject={onProject} onPlace={onPlace} />
    </UnsavedDraftsProvider>,
  )
}
const sent = () =>
  server
    .received('put', '/api/v1/studio/projects/p1/story/corrections')
    .map(({ body }) => body as { corrections: FactCorrection[]; revision: number })

beforeEach(() => {
  onPlace.mockClear()
  onProject.mockClear()
  server.respond('put', CORRECTIONS, ({ body }) =>
    Response.json({ ...story, ...(body as object), revision: 5 }),
  )
})

test('a fact shows the words that say it, counted in letters and not in code units', async () => {
  const { container } = showStep()
  await userEvent.click(await screen.findByRole('button', { name: 'Yan' }))
  expect(screen.getByRole('button', { name: 'Yan' })).toHaveAttribute('aria-pressed', 'true')
  expect(container.querySelector('mark[data-active]')).toHaveTextContent(/^Yan$/)
  expect(
    segmentsOf(story, null)
      .map(({ text }) => text)
      .join(''),
  ).toBe(TEXT)
})

test('an unsure sex is asked, and one tap answers it with the revision that was shown', async () => {
  showStep()
  const question = await screen.findByText(/Is Yan a woman or a man/)
  const male = within(question.parentElement as HTMLElement).getByRole('button', { name: 'male' })
  await userEvent.click(male)
  await waitFor(() => expect(sent()).toHaveLength(1))
  expect(sent()[0]).toEqual({
    corrections: [
      {
        deed: 'change',
        kind: 'person',
        start: 13,
        end: 16,
        word: '',
        sex: 'm',
        age: null,
        being: null,
      },
    ],
    revision: 4,
  })
  const undo = await screen.findByRole('button', { name: 'Take back: “Yan”: male' })
  await userEvent.click(undo)
  await waitFor(() => expect(sent()[1]).toEqual({ corrections: [], revision: 5 }))
})

test('who is no person goes, and a missed one is added from a word of the text alone', async () => {
  showStep()
  await userEvent.click(await screen.findByRole('button', { name: 'Ning is no person' }))
  await waitFor(() =>
    expect(sent()[0]?.corrections[0]).toMatchObject({ deed: 'remove', kind: 'person', start: 2 }),
  )
  const field = screen.getByRole('textbox', { name: 'Somebody missing?' })
  await userEvent.type(field, 'Nobody')
  await userEvent.click(screen.getByRole('button', { name: 'Add this person' }))
  expect(await screen.findByText('The text does not say “Nobody”.')).toBeInTheDocument()
  expect(field).toHaveValue('Nobody')
  await userEvent.clear(field)
  await userEvent.type(field, 'Zorb')
  await userEvent.click(screen.getByRole('button', { name: 'Add this person' }))
  await waitFor(() =>
    expect(sent()[1]?.corrections[1]).toMatchObject({ deed: 'add', start: 30, end: 34 }),
  )
})

test('a refused correction is told in words and the page stays as it was', async () => {
  server.refuse('put', CORRECTIONS, { status: 409, title: 'The text was changed elsewhere' })
  showStep()
  await userEvent.click(await screen.findByRole('button', { name: 'Misread: remove “lake”' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('The text was changed elsewhere')
  expect(screen.getByRole('button', { name: 'lake' })).toBeInTheDocument()
})

test('a fact says where the film keeps it, or why not', async () => {
  showStep()
  await userEvent.click(await screen.findByRole('button', { name: '“lake” in shot 2, 0:04' }))
  expect(onPlace).toHaveBeenCalledWith(2, 4.5)
  expect(screen.getByText('no time')).toBeInTheDocument()
})

test('a finished episode shows its facts and lets nothing be changed', async () => {
  showStep({}, { cut_id: 'c1' })
  expect(await screen.findByRole('button', { name: 'Ning is no person' })).toBeDisabled()
  expect(screen.queryByRole('textbox')).not.toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Draft five' })).not.toBeInTheDocument()
})

test('two drafts stand side by side, and keeping one says what becomes of the script', async () => {
  server.respond('post', '/api/v1/studio/projects/{project_id}/drafts/{seed}/keep', () =>
    Response.json({ ...project, outline_revision: 4 }),
  )
  showStep({ drafts: [draft(1, { is_kept: true }), draft(2), draft(3)] })
  await userEvent.click(await screen.findByRole('checkbox', { name: /Title 1/ }))
  await userEvent.click(screen.getByRole('checkbox', { name: /Title 3/ }))
  const rows = within(screen.getByRole('table')).getAllByRole('row')
  const differing = rows.filter((row) => row.hasAttribute('data-differs'))
  expect(differing.map((row) => row.firstElementChild?.textContent)).toEqual([
    'First line',
    'Ending',
    'Seed',
  ])
  await userEvent.click(screen.getByRole('button', { name: /Keep this one: “Title 3”/ }))
  expect(screen.getByRole('alertdialog')).toHaveTextContent('The script stays')
  expect(onProject).not.toHaveBeenCalled()
  await userEvent.click(screen.getByRole('button', { name: 'Put it in place' }))
  await waitFor(() => expect(onProject).toHaveBeenCalledTimes(1))
  const keeps = server.received('post', '/api/v1/studio/projects/p1/drafts/3/keep')
  expect(keeps.map(({ body }) => body)).toEqual([{ outline_revision: 3 }])
})

test('five drafts are asked for by one button', async () => {
  server.respond('post', '/api/v1/studio/projects/{project_id}/advance', () =>
    Response.json(project),
  )
  showStep()
  await userEvent.click(await screen.findByRole('button', { name: 'Draft five' }))
  await waitFor(() => expect(onProject).toHaveBeenCalled())
  const asked = server.received('post', '/api/v1/studio/projects/p1/advance')
  expect(asked[0]?.body).toEqual({ to: 'drafts', replace: false })
})

test('each line of the story report leads to its second', async () => {
  const onSeek = vi.fn()
  const at = (second: number, text: string) => ({ second, shot: 's1', text })
  server.respond('get', STORY, () =>
    Response.json({
      ...story,
      report: {
        hook: at(3.5, 'Who is there?'),
        hook_in_time: false,
        turns: [at(12, 'But she saved him.')],
        cliffhanger: null,
        end: at(28, 'Nobody answers.'),
        speakers: [
          { name: '', share: 0.75 },
          { name: 'Ning', share: 0.25 },
        ],
        repeated: [],
        sameness: 0,
        longest_silence: 2.25,
        words_kept: 0.9,
        is_older: false,
      },
    }),
  )
  renderInConsole(<FilmReport project={project} onSeek={onSeek} />)
  await userEvent.click(await screen.findByRole('button', { name: '0:12 But she saved him.' }))
  await userEvent.click(screen.getByRole('button', { name: '0:04 lake Places' }))
  expect(onSeek.mock.calls).toEqual([[12_000], [4500]])
  expect(screen.getByText('later than 3 s')).toBeInTheDocument()
  expect(screen.getByText('Facts in the film: 1 of 2')).toBeInTheDocument()
  expect(screen.getByText('Storyteller')).toBeInTheDocument()
})

const correction = (more: Partial<FactCorrection>): FactCorrection => ({
  deed: 'change',
  kind: 'person',
  start: 0,
  end: 2,
  word: '',
  sex: null,
  age: null,
  being: null,
  ...more,
})

test('corrections of one person are said once, and taking one back takes what rests on it', () => {
  const one = withCorrection([], correction({ sex: 'f' }))
  expect(withCorrection(one, correction({ age: 'old' }))).toEqual([
    correction({ sex: 'f', age: 'old' }),
  ])
  const added = [correction({ deed: 'add' }), correction({ sex: 'm' }), correction({ start: 5 })]
  expect(withoutCorrection(added, 0)).toEqual([correction({ start: 5 })])
})

test('a word is looked for where it stands for nobody yet', () => {
  const twice = { ...story, text: 'Ning, Ning!', facts: [fact('person', 'Ning')] }
  twice.facts = [{ ...twice.facts[0], spans: [{ start: 0, end: 4 }] } as StoryFact]
  expect(placeOfWord(twice, 'Ning')).toEqual({ start: 6, end: 10 })
  expect(placeOfWord(twice, 'Yan')).toBeNull()
})
