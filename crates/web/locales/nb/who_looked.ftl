# Hvem som har sett på hva, og hvorfor: for personvernombudet hver måned, og for den som er nevnt i en sak.

navigation-who-looked = Hvem har sett?
    .help = Se hvem som har lest hva denne måneden, og hvorfor.
who_looked-title = Hvem har sett på hva, og hvorfor
who_looked-introduction = Innsynsloggen lagt sammen, person for person: hva de så på, og hvilket grunnlag de hadde. Velger du én person, ser du også hva de søkte etter. Det står ikke i utskriften eller regnearket. At du leser dette, står også i loggen.
who_looked-month = Måned
who_looked-any-month = Alle måneder
who_looked-case = Saksnummer
who_looked-person = Person
who_looked-anybody = Alle
who_looked-no-case = Det finnes ingen sak med dette nummeret. Skriv det slik: 2026/42
who_looked-submit = Vis
who_looked-print = Til utskrift
who_looked-export = Last ned som regneark
who_looked-file = hvem-har-sett.csv
who_looked-back = Tilbake
who_looked-printed = { $organisation }, skrevet ut
who_looked-count =
    { $count ->
        [one] Én linje
       *[other] { $count } linjer
    }
who_looked-none = Ingen har sett på noe av dette.
who_looked-what = Hva
who_looked-who = Hvem
who_looked-ground = Grunnlag
who_looked-purpose = Formål
who_looked-for = Formål: { $purpose }
who_looked-rows = Rader vist eller hentet ut
who_looked-row-count =
    { $count ->
        [one] Én rad
       *[other] { $count } rader
    }
who_looked-times = Antall ganger
who_looked-first = Første gang
who_looked-last = Siste gang

who_read-title = Hvem har lest sak { $number }?
who_read-introduction = Den som er nevnt i en sak, kan få vite hvem som har lest den. Her lager du oversikten til én person. Den viser bare hvem som har åpnet denne saken, når, og med hvilken rett: ingenting av det som står i saken, ingenting om andre saker, og ingenting om melderen. At du lager den, står i innsynsloggen.
who_read-for = Hvem er oversikten til?
who_read-for-other = En annen som saken gjelder
    .help = Navnet skriver du på arket for hånd. Det lagres ikke.
who_read-as = Hva skal stå om dem som har lest?
who_read-as-names = Navn og grunnlag
who_read-as-grounds = Bare grunnlag, for eksempel rollen
who_read-submit = Lag oversikten

who_read-to = Til
who_read-made-by = Laget av personvernombudet i { $organisation }
who_read-explanation = Oversikten viser alle som har åpnet saken du er nevnt i, og hvilken rolle eller rett som ga dem lov til det. Den viser ikke hva som står i saken eller hvem som meldte. Oppslag den som meldte selv har gjort, er ikke med. Saken kan også ha stått som én linje i lister over saker, og i registeret over brudd uten navn: det står ikke her.
who_read-none = Ingen har åpnet saken.
who_read-noted = Skriv ut siden for å gi den fra deg.
who_read-again = Lag en ny oversikt
who_read-back = Tilbake til sak { $number }
