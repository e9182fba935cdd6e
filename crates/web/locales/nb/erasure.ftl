# Sletting av personopplysninger, og attestene som sier at det er gjort.

navigation-erasure = Sletting

erasure-title = Slett personopplysninger
erasure-introduction = Her sletter du personopplysninger i en sak som er lagret lenge nok, eller etter pålegg fra behandlingsansvarlig. Du trenger saksnummeret, men du får ikke se saken.
erasure-submit = Finn saken
erasure-number = Saksnummer
    .help = Skriv det slik: 2025/42
    .missing = Det finnes ingen sak med dette nummeret. Skriv det slik: 2025/42
erasure-not-found = Det finnes ingen sak med dette nummeret.

erase-title = Slett personopplysninger i sak { $number }
erase-introduction = Det som slettes, kan aldri leses igjen av noen, heller ikke fra en sikkerhetskopi. Det som ble bestemt, tidspunktene, kategorien og enheten blir stående, slik at saken fortsatt telles.
erase-submit = Slett for godt
erase-whose = Hva skal slettes?
    .missing = Velg hva som skal slettes.
erase_whose-everybody = Alle personopplysninger i saken
erase_whose-reporter = Hvem som meldte. Det melderen skrev, blir stående.
erase-involved = At { $name } er ført opp som involvert
erase-involved-ordered = Er det pålagt, gjør behandlingsansvarlig det på denne adressen, som ikke sier hvem det gjelder: { $address }
erase-involved-handed = At noen er ført opp som involvert: den som adressen gjelder
erase-involved-link = Slett hvem som er ført opp som involvert
erase-ground = Hva er grunnlaget?
    .missing = Velg grunnlaget.
erase-basis = Hvor finnes grunnlaget?
    .help = Skriv for eksempel punktet i bevarings- og kassasjonsplanen eller nummeret på vedtaket. Det blir stående for alltid: skriv ingen navn.
    .missing = Skriv hvor grunnlaget finnes.
erase-sure = Er du sikker?
    .missing = Kryss av for at du forstår at det ikke kan gjøres om.
erase_sure-understood = Jeg forstår at slettingen ikke kan gjøres om
erase-nothing-left = Det er ingen personopplysninger igjen i saken.

erase-certificate = Sletteattest: { $erased }
erase-at = Slettet
erase-by = Slettet av
erase-keys = Nøkler
erase-keys-count = { $destroyed ->
        [one] Én nøkkel ødelagt
       *[other] { $destroyed } nøkler ødelagt
    }, { $left ->
        [0] ingen igjen
       *[other] { $left } igjen
    }
erase-copies = Eldre kopier av nøklene
erase-copies-closed = Kan ikke åpnes: hovednøkkelen er byttet siden
erase-copies-open = Hovednøkkelen er ikke byttet ennå. Tjenesten prøver igjen ved neste start.
erase-position = Plass i loggen
