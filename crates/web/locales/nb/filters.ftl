# Det en selv ofte leter etter i sakslista.

filters-title = Lagrede filtre
filters-introduction = Her er filtrene du har lagret fra sakslista. Bare du ser dem. Ord du søker etter, blir aldri lagret i et filter.
filters-none = Du har ingen lagrede filtre. Velg noe i sakslista, og trykk «Lagre filteret».
filters-name = Navn på filteret
    .missing = Skriv et navn på filteret.
filters-save = Lagre filteret
filters-change = Endre lagrede filtre
filters-rename = Bytt navn
filters-rename-one = Bytt navn på filteret { $name }
filters-delete = Slett
filters-delete-one = Slett filteret { $name }
