# Saker som ligner på hverandre.

similar-title = Saker som ligner på sak { $number }
similar-introduction = Poengene er summen av grunnene som står ved hver sak. Ingenting kobles eller slås sammen av seg selv.
similar-none = Ingen av sakene du kan se, ligner på denne.
receive-similar = Åpne saker som ligner
    .help = Gjelder de det samme bruddet, slår du dem sammen når saken er tatt imot. Gjentar avviket seg, kobler du dem.
receive-similar-none = Ingen av de åpne sakene du kan se, ligner på denne.
receive-similar-all = Alle saker som ligner, også de som er lukket
similar-points = { $points ->
        [one] { $points } poeng
       *[other] { $points } poeng
    }
similar-category = Samme kategori ({ $points } poeng)
similar-unit = Samme enhet ({ $points } poeng)
similar-time = { $days ->
        [0] Meldt samme dag ({ $points } poeng)
        [one] Meldt med én dags mellomrom ({ $points } poeng)
       *[other] Meldt med { $days } dagers mellomrom ({ $points } poeng)
    }
similar-words = Felles ord: { $words } ({ $points })
similar-link = Koble til { $number }: avviket gjentar seg
similar-merge = Slå sammen med { $number } om det samme
