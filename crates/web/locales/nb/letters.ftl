# Brev til dem det gjelder.

letters-title = Brev til dem det gjelder
letters-then = Brevene vises slik de var { $moment }. Det som er skrevet, signert eller sendt senere, er ikke med.
letters-introduction = Her skriver du brevene, sier hvem som får dem, og ser hvem som er nådd. Behandlingsansvarlig signerer før noe sendes.
letters-none = Det er ikke skrevet noe brev ennå.
letters-letter = Brev
letters-kind = Hva det er
letters-state = Hvor det er
letters-begin = Begynn på noe nytt
letters-back = Tilbake til brevene i sak { $number }
letter-begin-letter = Skriv et brev
letter-begin-web_notice = Skriv en melding til nettsidene
letter-begin-press_release = Skriv en pressemelding
letter-numbered = Brev { $letter }
letter-back = Tilbake
letter-done = Det er lagret.
letter-title = Tittel

letter-unsigned = Ikke signert
letter-signed = Signert
letter-void = Signaturen gjelder ikke lenger
letter-sending = Sendes
letter-gave-up-state = Utsendingen har stoppet
letter-settled = Alle er nådd

letter-lacking = Dette mangler før brevet kan signeres
letter-hint = Lesbarhet (LIX): { $lix }.
letter-hint-heavy = Lesbarhet (LIX): { $lix }. Det er tungt å lese. Bruk kortere ord og setninger.
letter-hint-long = Lange setninger: { $sentences }
letter-edit = Endre teksten på { $language }
letter-others = Skriv det også på
letter-preview = Se brevet som PDF

letter-list = { $count ->
    [one] Én mottaker
   *[other] { $count } mottakere
}, av dem { $protected } med sperret adresse.
letter-recipients-link = Se og endre mottakerne
letter-signature = Signatur
letter-void-why = Teksten eller mottakerne er endret siden brevet ble signert. Det må signeres på nytt.
letter-signed-by = Signert av
letter-signed-at = Signert
letter-sha256 = SHA-256 av dokumentet
letter-sign = Signer brevet
letter-sign-help = Les brevet og mottakerne først. Du signerer akkurat den teksten og den listen du ser nå.
letter-sign-whose = Brevet signeres av behandlingsansvarlig.

letter-sending-heading = Utsending
letter-not-by-email = Dette kan ikke sendes på e-post:
letter-finding = { $what } i { $part }, linje { $line }, tegn { $column } ({ $language })
letter-send-channels = Hvordan kan brevet sendes?
    .help = De som har sperret adresse, får aldri noe sendt automatisk. De må få brevet for hånd.
letter-start = Start utsendingen
letter-gave-up = Utsendingen har stoppet. { $why } Start den på nytt når det er rettet, eller velg en annen måte.
letter-stop = Stopp utsendingen
letter-told = { $told } av { $total } har fått brevet
letter-bundles = Bunker til utskrift
letter-bundle = Bunke { $bundle }: { $count ->
    [one] ett brev
   *[other] { $count } brev
} (PDF)
letter-bundle-post = Bunke { $bundle } er postlagt
letter-bundle-posted = Postlagt
letter-unreached = Ikke nådd ennå
letter-all-reached = Alle har fått brevet, eller er ført opp som umulige å nå.
letter-way = Hvordan
letter-number = Nr.
letter-by-hand-address_protected = For hånd: adressen er sperret
letter-by-hand-no_address = For hånd: ingen av måtene som er valgt, når fram
letter-record-heading = Før inn hvordan det gikk
letter-send-numbers = Numrene til mottakerne
    .help = For eksempel 3, 7-12
letter-send-progress = Hvordan gikk det?
letter-send-channel = Hvordan ble det sendt?
letter-record-submit = Før inn

letter-write-title = Teksten på { $language }
letter-write-introduction = Skriv kort og enkelt. Alt i krøllparenteser må fylles ut. Det som står her, er foreslått ut fra sak { $number }. Tøm alle feltene for å ta bort språket.
letter-write-submit = Lagre

letter-recipients-title = Mottakere
letter-recipients-back = Tilbake til brevet i sak { $number }
letter-recipients-introduction = Listen er kryptert med sakens nøkkel, og slettes med saken. Endrer du den, må brevet signeres på nytt.
letter-recipients-none = Ingen mottakere er lagt inn.
letter-recipients-count = { $count ->
    [one] Én mottaker.
   *[other] { $count } mottakere.
}
letter-recipient-name = Navn
letter-address = Adresse
letter-recipient-lines = Gate eller boks
    .help = Én linje for hver linje i adressen
letter-recipient-postcode = Postnummer
letter-recipient-place = Sted
letter-recipient-country = Land
    .help = Bare hvis brevet skal til utlandet
letter-recipient-identity_number = Fødselsnummer
    .help = Bare for digital post: med det finner vi den digitale postkassen. Uten det blir brevet skrevet ut og postlagt.
letter-recipient-email = E-postadresse
letter-recipient-language = Språk
letter-any-language = Ikke kjent
letter-recipient-protected = Sperret adresse
letter-recipient-protected-yes = Adressen er sperret (kode 6 eller 7)
letter-protected = Sperret adresse
letter-recipient-action = Ta bort
letter-recipient-remove = Ta bort
letter-recipient-remove-one = Ta bort { $name }
letter-recipient-add = Legg til en mottaker
letter-recipient-submit = Legg til

letter-import-heading = Hent fra en liste
letter-import-link = Hent mottakerne fra en CSV-fil eller et regneark
letter-import-title = Hent mottakere fra en liste
letter-import-back = Tilbake til mottakerne i sak { $number }
letter-import-introduction = Velg en CSV-fil eller et regneark (XLSX) med overskrifter i første rad, og høyst 10 000 rader. Listen tar plassen til den som er der nå.
letter-import-no-identity-numbers = Fødselsnummer trengs ikke, og tas ikke inn.
letter-import-identity-numbers = Fødselsnummer trengs bare for digital post.
letter-import-told = { $count ->
    [one] Én mottaker
   *[other] { $count } mottakere
} har allerede fått brevet. De som står helt likt på den nye listen, får det ikke en gang til. Er navnet eller adressen endret, får de det på nytt.
letter-import-files = Liste
letter-import-files-missing = Velg en fil.
letter-import-submit = Gå videre
letter-import-mapping = Listen har { $count ->
    [one] én rad
   *[other] { $count } rader
}. Si hva hver kolonne inneholder. Ingenting hentes før alle radene er i orden.
letter-import-shown = De første radene
letter-import-nothing = Skal ikke hentes
letter-import-protected = Sperrede adresser
    .help = Bare når ingen kolonne sier hvem som har sperret adresse. De må få brevet for hånd, for det som sendes automatisk, kan røpe hvor de bor.
letter-import-protected-none = Ingen på listen har sperret adresse
letter-import-protected-problem = Velg kolonnen som sier hvem som har sperret adresse, eller bekreft at ingen har det.
letter-import-take = Hent mottakerne
letter-import-row = Rad { $row }: { $what }
letter-import-more = Og { $count } feil til.

letter_kind-letter = Brev
letter_kind-web_notice = Melding på nettsidene
letter_kind-press_release = Pressemelding
letter_language-nb = bokmål
letter_language-nn = nynorsk
letter_language-sv = svensk
letter_language-en = engelsk
letter_part-title = Tittel
letter_part-what_happened = Hva som har skjedd
letter_part-consequences = Hva det kan føre til
letter_part-measures = Hva som er gjort
letter_part-advice = Hva mottakeren kan gjøre
letter_part-contact = Hvem mottakeren kan kontakte
letter_channel-digital_post = digital post
letter_channel-email = e-post
letter_channel-print = papirpost
letter_channel-by_hand = for hånd
letter_progress-queued = venter
letter_progress-sent = sendt
letter_progress-delivered = kommet fram
letter_progress-returned = kommet i retur
letter_progress-failed = ikke sendt
letter_progress-unreachable = kan ikke nås
letter_obstacle-held_back = Noe i brevet kan ikke sendes på e-post.
letter_obstacle-no_carrier = Digital post er ikke satt opp lenger.
letter_obstacle-not_taken = Ingen har tatt imot brev på flere timer.
mail_part-subject = emnefeltet
mail_part-body = teksten
mail_part-attachment = et vedlegg
guarded-identity_number = Fødselsnummer eller annet personnummer
guarded-reporter_name = Navnet på den som meldte fra
guarded-involved_name = Navnet på en som er involvert
guarded-marked_text = Tekst som er unntatt offentlighet
guarded-cannot_be_looked_into = En fil som ikke kan leses
recipient_flaw-no_name = Navnet mangler.
recipient_flaw-too_long = Noe er for langt.
recipient_flaw-too_many_lines = Adressen har flere linjer enn det er plass til i vinduet på konvolutten.
recipient_flaw-no_mail_address = E-postadressen er ikke gyldig.
recipient_flaw-language_unknown = Språket må være nb, nn, sv eller en.
recipient_flaw-neither_yes_nor_no = Skriv ja eller nei for om adressen er sperret.
recipient_flaw-identity_number = Det står et fødselsnummer der. Ta det bort: det trengs bare for digital post, i sitt eget felt.
recipient_flaw-no_identity_number = Fødselsnummeret er ikke gyldig. Det har elleve siffer.
recipient_flaw-no_postcode = Postnummeret er ikke gyldig. Skriv landet, hvis det er et annet enn vårt eget.
list_column-name = Navn
list_column-line = Gate eller boks
list_column-postcode = Postnummer
list_column-place = Sted
list_column-country = Land
list_column-identity_number = Fødselsnummer, for digital post
list_column-email = E-postadresse
list_column-language = Språk
list_column-protected = Sperret adresse (ja eller nei)
list_unreadable-not_a_list = Filen kan ikke leses. Bruk CSV eller et regneark (XLSX).
list_unreadable-too_large = Listen er for stor. Den kan ha 10 000 rader og være 5 MB.
list_unreadable-empty = Det står ingen rader i listen.

refusal-letter_unknown = Det finnes ikke noe slikt brev i saken.
refusal-too_many_letters = Saken har så mange brev som den kan ha.
refusal-letter_incomplete = Brevet er ikke ferdig. Dette mangler: { $places }.
refusal-nothing_to_sign = Brevet må ha en tekst og mottakere før det kan signeres.
refusal-changed_since_read = Teksten eller mottakerne er endret siden du leste dem. Les på nytt.
refusal-only_the_controller_signs = Bare behandlingsansvarlig signerer, og ikke den som er personvernombud eller har forberedt brevet.
refusal-not_signed = Brevet er ikke signert, eller det er endret siden. Behandlingsansvarlig må signere først.
refusal-has_no_recipients = Dette er til alle, og har ingen mottakere.
refusal-not_by_email = Dette kan ikke sendes på e-post: { $places }. Skriv det om, eller send på papir.
refusal-recipients_out_of_bounds = Et brev kan ha høyst 10 000 mottakere.
refusal-not_on_the_list = Noen av numrene står ikke på listen.
refusal-address_protected = Noen av dem har sperret adresse. De får brevet bare for hånd.
refusal-email_is_the_officers = Bare personvernombudet sender brev med e-post, for bare ombudet vet hva som ikke kan stå i en e-post i denne saken. Send brevet på en annen måte, eller la ombudet gjøre det.
refusal-no_digital_post = Virksomheten har ikke satt opp digital post. Velg en annen måte å sende brevet på.
refusal-dispatch_not_started = Utsendingen er ikke startet.

case-step-prepare_letters = Skriv og send brev til dem det gjelder
case-step-sign_letters = Signer brev til dem det gjelder
case-done-prepare_letters = Brevet er lagret.
case-done-sign_letters = Brevet er signert.
outstanding-send_letters = Send brevet til alle som skal ha det

timeline-letter_drafted = { $kind } { $letter } ble skrevet ({ $language }, utkast { $version })
timeline-recipients_listed = Mottakerne av brev { $letter } ble lagt inn: { $count }, av dem { $protected } med sperret adresse
timeline-letter_signed = Brev { $letter } ble signert
timeline-dispatch_started = Utsendingen av brev { $letter } ble startet ({ $channels })
timeline-dispatch_given_up = Utsendingen av brev { $letter } stoppet: { $why }
timeline-dispatch_stopped = Utsendingen av brev { $letter } ble stoppet
timeline-delivery_recorded = Brev { $letter } til { $count } mottakere: { $progress } ({ $channel })
