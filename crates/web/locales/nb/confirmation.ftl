# Bekreftelse fra noen som har fått noe ved en feil. Det mottakeren leser, sier ikke noe om saken.

confirm-title = Bekreft hva som har skjedd med det du fikk
confirm-introduction = { $organisation } tror at du har fått { $what } som skulle til noen andre. Det er vår feil. Vi ber deg slette det eller levere det tilbake, og svare på spørsmålene her.
confirm-what-email = en e-post
confirm-what-letter = et brev
confirm-nothing-more = Lenken tar ett svar. Skriv ikke hva som sto i det du fikk.
confirm-disposal = Hvor er det nå?
    .missing = Velg hva som har skjedd med det.
confirm-opened = Ble det åpnet eller lest?
    .missing = Svar på om det ble åpnet eller lest.
confirm-passed_on = Ble det vist til andre, kopiert eller sendt videre?
    .missing = Svar på om andre har fått det.
confirm-remark = Er det noe mer vi bør vite?
    .help = Skriv ikke hva som sto i det, og ikke navn på andre.
confirm-submit = Send svaret

disposal-deleted = Slettet eller makulert, også kopier og papirkurven
disposal-returned = Levert eller sendt tilbake
disposal-kept = Ingen av delene ennå

misdirected-email = En e-post
misdirected-letter = Et brev

ask-confirmation-title = Be en mottaker bekrefte at noe er slettet
ask-confirmation-introduction = Mottakeren får en hemmelig lenke på e-post, som tar ett svar. Verken e-posten eller siden sier noe om saken. Svaret blir stående i saken, og foreslås når du fører opp hva vi vet.
ask-confirmation-submit = Send lenken
ask-confirmation-misdirected = Hva kom til feil mottaker?
    .missing = Velg hva som kom til feil mottaker.
ask-confirmation-content = Hva var i det?
    .help = Bare dere som behandler saken, ser dette.
    .missing = Skriv hva som var i det.
ask-confirmation-name = Hvem fikk det?
    .missing = Skriv hvem som fikk det.
ask-confirmation-email = E-postadressen lenken sendes til
    .help = Er det et brev, må du ha mottakerens e-postadresse fra mottakeren selv.
    .missing = Skriv hvor lenken skal sendes.
ask-confirmation-due_at = Når trengs svaret?
    .missing = Skriv når svaret trengs.

case-step-ask_confirmation = Be en mottaker bekrefte at noe er slettet
case-done-ask_confirmation = Lenken er sendt til mottakeren.
case-confirmation = { $who } bes bekrefte at det er slettet
case-confirmation-given = Mottakerens svar { $at }
case-confirmation-opened = Åpnet eller lest
case-confirmation-passed_on = Vist til andre, kopiert eller sendt videre
case-confirmation-remark = Mottakeren skriver
case-confirmation-content = Det som kom til feil mottaker
case-confirmation-said = Mottakerens bekreftelse

timeline-confirmation_asked = { $who } ble bedt om å bekrefte at det er slettet
timeline-confirmation_given = En mottaker svarte: { $disposal }

post-news-confirmation = Spørsmål om bekreftelse
