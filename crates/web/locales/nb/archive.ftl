# Overlevering til arkivet. Titlene går til offentlig journal.

archive-title = Arkivering av sak { $number }
archive-introduction-archivist = Her ser du hvilke pakker som er lagt til arkivet, med titlene slik alle kan lese dem. Har arkivet tatt imot en pakke uten å legge en kvittering i mappen, registrerer du det her.
archive-introduction = En lukket sak overleveres til arkivet som en pakke: dokumentene, det arkivet skal vite om dem, og en liste med kontrollsummer. Alt er skjermet, bortsett fra det du krysser av for.
archive-none = Det er ikke satt opp noe arkiv her. Den som drifter tjenesten, kan sette en mappe i innstillingen archive.folder.
archive-not-closed = Saken er ikke lukket, og kan ikke overleveres nå.
archive-package = Pakke { $version }
archive-prepared-at = Titlene sett over
archive-manifest = Kontrollsum for pakken (SHA-256)
archive-stage-prepared = Pakken er på vei til arkivet.
archive-stage-handed_over = Pakken ble overlevert { $at }.
archive-stage-receipted = Arkivet har tatt imot pakken { $at }. Referanse: { $reference }
archive-hindrance-no_folder = Arkivets mappe finnes ikke. Pakken blir forsøkt overlevert på nytt. Be den som drifter tjenesten om å se på innstillingen archive.folder.
archive-hindrance-disk_full = Det er ikke plass på disken i arkivets mappe. Pakken blir forsøkt overlevert på nytt.
archive-hindrance-not_permitted = Tjenesten har ikke lov til å skrive i arkivets mappe. Pakken blir forsøkt overlevert på nytt.
archive-hindrance-occupied = Det ligger noe annet med samme navn i arkivets mappe. Flytt det, så blir pakken forsøkt overlevert på nytt.
archive-hindrance-not_written = Pakken kunne ikke skrives. Den blir forsøkt overlevert på nytt.
archive-hindrance-not_laid_out = Et dokument i pakken kunne ikke lages. Den blir forsøkt overlevert på nytt.
archive-hindrance-refused = Arkivet tok ikke imot pakken. Hvorfor, står i kvitteringen som ligger ved siden av den.
archive-retry = Er det ordnet, kan du overlevere saken på nytt her.
archive-look = Se over titlene
archive-look-introduction = Titlene kommer i offentlig journal. De skal ikke peke på noen. Endrer du en tittel, kan du skrive hvilke ord i den som skal skjermes.
archive-entry = { $title } ({ $files ->
    [one] én fil
   *[other] { $files } filer
})
archive-title_of = Tittel
archive-shielded = Ord i tittelen som skal skjermes
    .help = Skriv ordene med mellomrom mellom. I journalen står det ****** i stedet.
archive-access = Innsyn
archive-open = Offentlig
archive-submit = Overlever til arkivet
archive-receipt-title = Registrer arkivets kvittering
archive-receipt-reference = Arkivets referanse
    .missing = Skriv arkivets referanse.
archive-receipt-received_at = Når tok arkivet imot?
    .missing = Skriv når arkivet tok imot.
archive-receipt-submit = Registrer kvitteringen

archive-authority = { -authority }
archive-the-people = De det gjelder
archive-paper-letter = Brev til dem det gjelder – avvik { $number }
archive-paper-web_notice = Melding på nettsidene – avvik { $number }
archive-paper-press_release = Pressemelding – avvik { $number }
archive-paper-memo = Saksframlegg – avvik { $number }
archive-paper-initial = Melding om brudd på personopplysningssikkerheten – avvik { $number }
archive-paper-supplement = Tillegg til melding om brudd på personopplysningssikkerheten – avvik { $number }
archive-paper-withdrawal = Tilbaketrekking av melding om brudd på personopplysningssikkerheten – avvik { $number }
archive-paper-register = Utdrag av registeret over brudd – avvik { $number }
archive-paper-attachments = Vedlegg – avvik { $number }
archive-paper-attachment = Vedlegg { $place }

case-step-archive = Overlever saken til arkivet
case-step-receipt_archive = Registrer arkivets kvittering
case-done-archive = Saken er på vei til arkivet.
case-done-receipt_archive = Arkivets kvittering er registrert.

timeline-archive_prepared = Saken ble gjort klar for arkivet (pakke { $version })
timeline-archive_handed_over = Pakke { $version } ble overlevert til arkivet
timeline-archive_failed = Pakke { $version } kunne ikke overleveres til arkivet
timeline-archive_receipted = Arkivet tok imot pakke { $version }. Referanse: { $reference }

refusal-not_closed = Bare en lukket sak overleveres til arkivet. Lukk saken først.
refusal-archive_handed_over = Pakken er overlevert, og kan ikke endres. Åpnes saken på nytt og lukkes igjen, overleveres en ny pakke.
refusal-archive_not_handed_over = Det er ikke overlevert noe som arkivet kan ha tatt imot. Vent til pakken er overlevert.
required_text-title = Skriv en tittel.
refusal-service-no_archive = Det er ikke satt opp noe arkiv her. Den som drifter tjenesten, kan sette en mappe i innstillingen archive.folder.
refusal-service-papers_changed = Saken har fått andre dokumenter siden du så over titlene. Se over dem på nytt.
refusal-service-title-blank = Skriv en tittel.
refusal-service-title-number = Tittelen har et langt tall i seg, som et telefonnummer eller et fødselsnummer. Ta det bort.
refusal-service-title-address = Tittelen har en e-postadresse i seg. Ta den bort.
refusal-service-title-name = Tittelen har navnet på noen i saken, og navnet er ikke skjermet. Ta det bort, eller skjerm det.
refusal-service-title-nothing_to_shield = Et ord som skal skjermes, står ikke i tittelen. Skriv det slik det står der.

post-archive = Arkivet
post-news-not_archived = Pakke til arkivet
