# Revisorers innsyn i enkeltsaker.

navigation-audits = Innsyn for revisor
    .help = Se hvilke saker en revisor har fått innsyn i, hvorfor og hvor lenge.
audits-title = Innsyn for revisor
audits-introduction = En revisor ser innsynsloggen, men ingen saker. Trenger revisoren å se en sak, gir behandlingsansvarlig innsyn i den ene saken, for et formål og en tid. Det gjør du fra saken.
audits-introduction-own = Dette er sakene du har fått innsyn i, for formålet og tiden som står der. Du ser ikke hvem som meldte, saksbehandlernes notater eller detaljer i personalsaker. Alt du åpner, blir ført i innsynsloggen.
audits-none = Ingen revisor har fått innsyn i en sak.
audits-none-own = Du har ikke innsyn i noen sak nå. Spør behandlingsansvarlig hvis du trenger det.
audits-running = Har innsyn nå
audits-over = Over
audits-purpose = Formål
audits-by = Gitt av
audits-at = Gitt
audits-until = Gjelder til
audits-ended = Avsluttet
audits-revoke = Trekk tilbake
audits-revoke-one = Trekk tilbake innsynet: sak { $number }, { $who }
