# Hva programmer får vite når noe ikke gikk. Tekstene leses av dem som lager programmene.

api-no_token = Tilgangsnøkkel mangler
    .help = Send nøkkelen i hodet «Authorization: Bearer …». Administratoren lager den med «avvik token».
api-token_refused = Tilgangsnøkkelen virker ikke
    .help = Den er ukjent, utløpt eller trukket tilbake. Administratoren lager en ny med «avvik token».
api-not_found = Dette finnes ikke
    .help = Adressen kan være feil, eller det den gjelder, er ikke ditt å se.
api-not_permitted = Du har ikke tilgang til dette
    .help = Rollen din lar deg ikke gjøre dette. Spør personvernombudet hvis du mener det er feil.
api-refused = Det gikk ikke
api-method_not_allowed = Slik kan ikke adressen brukes
    .help = Hodet «Allow» sier hvilke metoder adressen har.
api-too_large = Det du sendte, er for stort
    .help = Kort ned teksten og send på nytt.
api-not_json = Innholdet er ikke merket som JSON
    .help = Send det med hodet «Content-Type: application/json».
api-malformed = Innholdet er ikke gyldig JSON
    .help = Rett det og send på nytt.
api-unfit = Noe må rettes
    .help = Feltene som må rettes, står i «errors». Beskrivelsen av grensesnittet sier hva som kan stå i dem.
api-contended = Andre endret det samme samtidig
    .help = Ingenting er lagret. Send på nytt.
api-too_slow = Det tok for lang tid
    .help = Vi vet ikke om det ble lagret. Send på nytt med samme «Idempotency-Key»: da lagres det aldri to ganger.
api-internal = Noe er galt hos oss
    .help = Det er ikke din feil. Vent litt og send på nytt med samme «Idempotency-Key»: da lagres det aldri to ganger.
