# Vedlegg: å legge ved, å se og å hente dem.

report-files = Legg ved filer
follow_up-files = Legg ved filer
inquiry-files = Legg ved filer
secret_link-files = Legg ved filer
attach-files = Fil
    .missing = Velg en fil.
files-help = Bilder (PNG, JPEG), PDF, tekst, lagret e-post (.eml), Word og Excel. Opptil { $count } filer, hver på høyst { $megabytes } MB.
files-kept = Filer vi har tatt vare på
files-kept-help = Du trenger ikke å velge dem på nytt. Ta bort krysset ved filer som ikke skal være med. Vi tar vare på dem i { $minutes } minutter.
files-kept-too = Filene du la ved, er også tatt vare på, i en halv time.
files-again = Legg ved filene på nytt
    .help = Filene du la ved, er ikke tatt vare på. Du må legge dem ved på nytt.

file_flaw-empty = Filen «{ $name }» er tom. Velg en annen.
file_flaw-too_large = Filen «{ $name }» er for stor. Del den opp, eller lagre bildet i mindre størrelse.
file_flaw-kind_not_taken = Filer som «{ $name }» tar vi ikke imot. Lagre den som PDF, eller ta et bilde av den.
file_flaw-not_what_it_claims = Innholdet i «{ $name }» er noe annet enn navnet sier, eller filen er skadet. Åpne den, lagre den på nytt og prøv igjen.
file_flaw-can_run = I «{ $name }» ligger det et program eller en makro. Slikt tar vi ikke imot. Lagre den uten, eller som PDF.

file_kind-pdf = PDF
file_kind-png = Bilde (PNG)
file_kind-jpeg = Bilde (JPEG)
file_kind-plain_text = Tekst
file_kind-email = E-post
file_kind-docx = Word-dokument
file_kind-xlsx = Excel-ark

attachment_source-reporter = Melderen
attachment_source-handling = Saksbehandlingen

case-attachments-heading = Vedlegg
case-attachments-introduction = Vedlegg fra melderen ser bare personvernombudet: en fil kan røpe hvem som har laget den. Skal andre se innholdet, legger du ved en kopi uten slike spor.
case-attachment-source = Fra
case-attachment-answer = Svaret fra { $who }
case-inquiry-file = Vist med spørsmålet
case-answer-file = Vedlegg til svaret
inquiry-file = Vedlegg: { $name }
case-attachment-kind = Type
case-attachment-size = Størrelse
case-attachment-description = Hva den viser
case-attachment-sha256 = Fingeravtrykk (SHA-256)
case-attachment-erased = Slettet vedlegg
case-attachment-by-email = Kan den sendes på e-post?
bytes = { $count } byte
kilobytes = { $count } kB
megabytes = { $count } MB

attach-title = Legg ved en fil
attach-introduction = Filen lagres kryptert i saken, og alle som ser saken, kan hente den. Fjern navn og andre opplysninger som ikke trengs.
attach-description = Hva viser filen?
    .help = Én setning, så andre vet hva de finner i den.
    .missing = Skriv hva filen viser.
attach-submit = Legg ved

by-email-title = Kan filen sendes på e-post?
by-email-name = Fil: { $name }
by-email-back = Tilbake til sak { $number }
by-email-clean = Vi fant ingenting i filen som ikke kan sendes på e-post.
by-email-clean-help = Vi har lett etter fødselsnumre, navnet på den som meldte fra, navn på involverte og tekst som er unntatt offentlighet, i alt som kan leses i filen. Se likevel over den selv før du sender den.
by-email-no = Filen kan ikke sendes på e-post:
by-email-no-help = Lag en kopi uten dette, og legg ved kopien. Eller send filen på papir eller i digital post.
by-email-whole-help = Filen kan ikke leses helt. Den kan ha bilder, skjema, makroer eller passord, eller den er skadet. Da vet vi ikke hva som står i den. Lagre den som ren tekst eller som PDF uten bilder, og legg den ved på nytt.
by-email-more = Og { $count } steder til.
by-email-found = { $what }: { $place }
file_place-name = i navnet på filen
file_place-line = linje { $line }
file_place-page = side { $page }
file_place-cell = arket «{ $sheet }», celle { $cell }
file_place-beside = ved siden av teksten: opplysninger om filen, merknader, topp- og bunntekst eller lenker
file_place-whole = hele filen
