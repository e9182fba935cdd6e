# Det som har skjedd i en sak, setning for setning.

timeline-deviation_reported = Avviket ble meldt ({ $channel })
timeline-information_added = Melderen la til mer
timeline-case_found_severe = Meldingen ble regnet som alvorlig
timeline-case_received = Saken ble tatt imot. { $handler } behandler den
timeline-person_involved = { $person } ble ført opp som involvert
timeline-awareness_established = Tidspunktet vi ble klar over bruddet, ble satt til { $aware }
timeline-deadline_stage_reached = { $remaining } eller mindre igjen til fristen { $due }
timeline-overdue = Fristen { $due } gikk ut
timeline-reporter_asked = Melderen fikk et spørsmål
timeline-reporter_answered = Melderen svarte
timeline-case_assessed = Risikoen ble vurdert (vurdering { $version }). Råd: { $outcome }
timeline-authority_decided = Avgjort: { $decision }
timeline-authority_notified = Bruddet ble meldt til Datatilsynet { $sent }
timeline-people_decided = Avgjort: { $decision }
timeline-measure_proposed = { $kind } foreslått, med frist { $due }
timeline-measure_completed = Et tiltak ble gjennomført
timeline-measure_verified = Det ble bekreftet at et tiltak virker
timeline-somebody-erased = En slettet person
timeline-without-effect = Et tiltak viste seg ikke å virke, og er åpnet igjen
timeline-memo_submitted = Saksframlegget ble sendt til behandlingsansvarlig (versjon { $version })
timeline-case_returned = Saken ble sendt tilbake
timeline-case_closed = Saken ble lukket
timeline-closed_as_not_a_deviation = Saken ble lukket fordi den ikke er et avvik
timeline-case_reopened = Saken ble åpnet på nytt
timeline-person_erased = Opplysninger om en person ble slettet ({ $part })
timeline-case_erased = Alle personopplysninger i saken ble slettet
