sign-in-title = Logg inn
sign-in-kept = Du var logget ut. Det du skrev, er tatt vare på. Logg inn, så kan du sende det.
sign-in-forgotten = Har du glemt passordet? Be systemadministratoren om et nytt.
sign-in-name = Brukernavn
    .missing = Skriv brukernavnet ditt.
sign-in-password = Passord
    .missing = Skriv passordet ditt.
sign-in-wrong = Brukernavnet eller passordet er feil. Prøv igjen.
sign-in-too-many-tries = Det har vært for mange forsøk. Vent { $wait } og prøv igjen.
seconds = { $count ->
    [one] 1 sekund
   *[other] { $count } sekunder
}

send-on-title = Send det du skrev
send-on-explanation = Du er logget inn igjen. Det du skrev, er tatt vare på, men ikke sendt ennå.
send-on-submit = Send nå
send-on-look-over = Se over det først
send-on-discard = Ikke send det. Gå til forsiden.

password-title = Velg passord
password-introduction = Velg et passord du ikke bruker andre steder. Det må ha minst 12 tegn. Flere ord etter hverandre er lett å huske.
password-one-time = Passordet du logget inn med, kan bare brukes én gang. Velg ditt eget før du går videre. Det må ha minst 12 tegn. Flere ord etter hverandre er lett å huske.
password-submit = Lagre passordet
password-password_current = Passordet du har nå
    .missing = Skriv passordet du har nå.
password-password_new = Nytt passord
    .help = Minst 12 tegn.
    .missing = Skriv det nye passordet.
password-password_repeated = Nytt passord en gang til
    .missing = Skriv det nye passordet en gang til.
password-current-wrong = Dette er ikke passordet du har nå.
password-too-short = Passordet er for kort. Det må ha minst 12 tegn.
password-too-long = Passordet er for langt. Det kan ha opptil 200 tegn.
password-unchanged = Dette er passordet du har fra før. Velg et annet.
password-not-repeated = De to nye passordene er ikke like. Skriv dem på nytt.
