import styles from './Lists.module.css'

/** Which of some lists is shown. */
export function Lists<Name extends string>({
  label,
  lists,
  chosen,
  onChoose,
}: {
  label: string
  lists: { name: Name; label: string }[]
  chosen: Name
  onChoose: (name: Name) => void
}) {
  return (
    <nav className={styles.lists} aria-label={label}>
      {lists.map((list) => (
        <button
          key={list.name}
          type="button"
          aria-current={list.name === chosen ? 'true' : undefined}
          onClick={() => onChoose(list.name)}
        >
          {list.label}
        </button>
      ))}
    </nav>
  )
}
