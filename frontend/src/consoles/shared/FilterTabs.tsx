import styles from './FilterTabs.module.css'

/** Which of some lists is shown. */
export function FilterTabs<Name extends string>({
  label,
  tabs,
  selected,
  onSelect,
}: {
  label: string
  tabs: { name: Name; label: string }[]
  selected: Name
  onSelect: (name: Name) => void
}) {
  return (
    <nav className={styles.tabs} aria-label={label}>
      {tabs.map((tab) => (
        <button
          key={tab.name}
          type="button"
          aria-current={tab.name === selected ? 'true' : undefined}
          onClick={() => onSelect(tab.name)}
        >
          {tab.label}
        </button>
      ))}
    </nav>
  )
}
