# Når noe ikke gikk. Hver feil har en overskrift og en setning om hva leseren kan gjøre.

error-not_found = Vi finner ikke siden
    .help = Adressen kan være feil, eller det du leter etter, er ikke ditt å se. Gå til forsiden og prøv derfra.
error-not_permitted = Du har ikke tilgang hit
    .help = Rollen din gir ikke tilgang til denne siden. Spør personvernombudet hvis du mener det er feil.
error-refused = Det gikk ikke
    .help = Gå tilbake og prøv på nytt.
error-method_not_allowed = Slik kan ikke siden brukes
    .help = Gå til forsiden og prøv derfra.
error-too_large = Det du sendte, er for stort
    .help = Gå tilbake, kort ned teksten og send på nytt.
error-unreadable = Vi kunne ikke lese det du sendte
    .help = Gå tilbake, last inn siden og prøv på nytt.
error-foreign = Skjemaet kom ikke fra denne siden
    .help = Av sikkerhetsgrunner tar vi bare imot skjemaer herfra. Gå til forsiden og prøv derfra.
error-stale = Siden var for gammel
    .help = Du har logget inn på nytt etter at du åpnet siden. Gå tilbake, last den inn på nytt og prøv igjen.
error-contended = Andre endret det samme samtidig
    .help = Ingenting er lagret. Gå tilbake og send på nytt.
error-too_slow = Det tok for lang tid
    .help = Vi vet ikke om det ble lagret. Gå tilbake og send på nytt: det samme skjemaet blir aldri lagret to ganger.
error-internal = Noe er galt hos oss
    .help = Det er ikke din feil. Vent litt, gå tilbake og prøv på nytt. Det samme skjemaet blir aldri lagret to ganger. Haster det, ring personvernombudet.
error-to-start = Til forsiden
