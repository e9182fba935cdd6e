reports-introduction = Her er meldingene du har sendt med navn eller fortrolig. Anonyme meldinger står ikke her: dem finner du bare igjen med koden.
reports-none = Du har ikke sendt noen meldinger ennå.
reports-category = Gjelder
