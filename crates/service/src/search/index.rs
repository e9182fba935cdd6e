//! Every text of every case, found by its words. It lies in memory alone, like every view.
//!
//! A text is kept apart by whom it is about and by who may read it, so that erasing a person takes
//! theirs out, and so that nobody finds a case by words they may not see in it.

mod circle;
mod texts;

use std::collections::HashSet;
use std::error::Error;
use std::fmt;

use domain::case::Event;
use domain::case::report::Reporter;
use domain::ids::{CaseId, PersonId};
use domain::{Event as AnyEvent, Recorded};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::indexer::IndexWriterOptions;
use tantivy::query::{BooleanQuery, Query, RegexQuery, TermQuery};
use tantivy::schema::{
    FAST, Field, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{
    Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, TextAnalyzer, TokenStream,
};
use tantivy::{
    DocId, Index, IndexReader, IndexWriter, ReloadPolicy, Score, SegmentOrdinal, SegmentReader,
    TantivyDocument, TantivyError, Term,
};
use uuid::Uuid;

pub(crate) use circle::Circle;
use texts::Text;

/// Words longer than this, in bytes, are left out: keys and the like, which nobody types.
const WORD_BYTES_MAX: usize = 80;
/// From so many letters on, the beginning of a word finds it.
const BEGINNING_MIN: usize = 3;
/// Of what somebody types, so many words count.
const WORDS_MAX: usize = 12;
/// What the index may hold in memory of what it has not yet put in order.
const UNSORTED_BYTES: usize = 24 * 1024 * 1024;

const PLAIN: &str = "plain";
const NORWEGIAN: &str = "nb";
const SWEDISH: &str = "sv";

/// Why the index could not be built or asked.
#[derive(Debug)]
pub struct SearchError(TantivyError);

impl fmt::Display for SearchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the search index failed")
    }
}

impl Error for SearchError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}

impl From<TantivyError> for SearchError {
    fn from(error: TantivyError) -> Self {
        Self(error)
    }
}

#[derive(Clone, Copy)]
struct Fields {
    /// The text, its words cut to their Norwegian and to their Swedish stems.
    norwegian: Field,
    swedish: Field,
    /// Which case: both halves of its identifier, to tell it, and the whole, to take it out.
    high: Field,
    low: Field,
    case: Field,
    /// The case and the person a text is about.
    part: Field,
    /// The circle of those who may read it.
    circle: Field,
}

/// Takes facts in. There is one for each [`Search`].
pub(crate) struct SearchBuilder {
    writer: IndexWriter,
    search: Search,
    has_erased: bool,
    /// The cases whose reporters are named: what they say is for everybody who sees the case.
    named: HashSet<CaseId>,
}

/// Finds cases by words, in what has been taken in so far.
#[derive(Clone)]
pub(crate) struct Search {
    index: Index,
    reader: IndexReader,
    fields: Fields,
}

impl fmt::Debug for Search {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Search(…)")
    }
}

impl SearchBuilder {
    /// An empty index.
    pub(crate) fn new() -> Result<Self, SearchError> {
        let (schema, fields) = schema();
        let index = Index::create_in_ram(schema);
        let words = || {
            let words = TextAnalyzer::builder(SimpleTokenizer::default());
            words.filter(RemoveLongFilter::limit(WORD_BYTES_MAX)).filter(LowerCaser)
        };
        let stemmed = |language| words().filter(Stemmer::new(language)).build();
        index.tokenizers().register(PLAIN, words().build());
        index.tokenizers().register(NORWEGIAN, stemmed(Language::Norwegian));
        index.tokenizers().register(SWEDISH, stemmed(Language::Swedish));
        let options = IndexWriterOptions::builder();
        let options = options.memory_budget_per_thread(UNSORTED_BYTES).num_merge_threads(1);
        let writer = index.writer_with_options(options.build())?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let search = Search { index, reader, fields };
        Ok(Self { writer, search, has_erased: false, named: HashSet::new() })
    }

    /// What finds the facts that are taken in here.
    pub(crate) fn search(&self) -> Search {
        self.search.clone()
    }

    /// Takes in more facts, which are found from the next [`SearchBuilder::publish`] on.
    pub(crate) fn apply(&mut self, facts: &[Recorded]) -> Result<(), SearchError> {
        for recorded in facts {
            let (Some(case), AnyEvent::Case(event)) = (recorded.case(), &recorded.event) else {
                continue;
            };
            if let Event::DeviationReported(report) = event
                && matches!(report.reporter, Reporter::Named(_))
            {
                self.named.insert(case);
            }
            for text in texts::of(event, self.named.contains(&case)) {
                self.add(case, &text)?;
            }
            if let Some(gone) = self.erased_by(case, event) {
                self.writer.delete_term(gone);
                self.has_erased = true;
            }
        }
        Ok(())
    }

    /// Lets what was taken in be found, and nothing that was erased.
    pub(crate) fn publish(&mut self) -> Result<(), SearchError> {
        self.writer.commit()?;
        if std::mem::take(&mut self.has_erased) {
            // What was erased lies in its segment until that is written anew.
            let segments = self.search.index.searchable_segment_ids()?;
            if !segments.is_empty() {
                self.writer.merge(&segments).wait()?;
            }
        }
        Ok(self.search.reader.reload()?)
    }

    fn add(&self, case: CaseId, text: &Text) -> Result<(), SearchError> {
        let Fields { norwegian, swedish, high, low, case: whole, part, circle } =
            self.search.fields;
        let mut document = TantivyDocument::new();
        let (high_half, low_half) = case.0.as_u64_pair();
        document.add_u64(high, high_half);
        document.add_u64(low, low_half);
        document.add_text(whole, case.0.to_string());
        document.add_text(norwegian, &text.words);
        document.add_text(swedish, &text.words);
        document.add_u64(circle, text.circle as u64);
        if let Some(person) = text.about {
            document.add_text(part, part_of(case, person));
        }
        self.writer.add_document(document)?;
        Ok(())
    }

    fn erased_by(&self, case: CaseId, event: &Event) -> Option<Term> {
        let Fields { case: whole, part, .. } = self.search.fields;
        match event {
            Event::CaseErased { .. } => Some(Term::from_field_text(whole, &case.0.to_string())),
            Event::PersonErased { person, .. } => {
                Some(Term::from_field_text(part, &part_of(case, *person)))
            }
            _ => None,
        }
    }
}

fn part_of(case: CaseId, person: PersonId) -> String {
    format!("{}/{}", case.0, person.0)
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let mut stems = |name: &str| {
        let indexing = TextFieldIndexing::default().set_tokenizer(name);
        let indexing = indexing.set_index_option(IndexRecordOption::Basic).set_fieldnorms(false);
        schema.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
    };
    let (norwegian, swedish) = (stems(NORWEGIAN), stems(SWEDISH));
    let fields = Fields {
        norwegian,
        swedish,
        high: schema.add_u64_field("high", FAST),
        low: schema.add_u64_field("low", FAST),
        case: schema.add_text_field("case", STRING),
        part: schema.add_text_field("part", STRING),
        circle: schema.add_u64_field("circle", tantivy::schema::INDEXED),
    };
    (schema.build(), fields)
}

impl Search {
    /// The cases in which each of the words occurs, in another form or as the beginning of a longer
    /// one, in texts that one of these circles may read. Words without a letter or digit find
    /// nothing.
    pub(crate) fn cases(
        &self,
        words: &str,
        circles: &[Circle],
    ) -> Result<HashSet<CaseId>, SearchError> {
        let searcher = self.reader.searcher();
        let mut found: Option<HashSet<CaseId>> = None;
        for word in self.tokens(PLAIN, words)?.into_iter().take(WORDS_MAX) {
            let query = vec![Box::new(self.word(&word)?) as Box<dyn Query>, self.read_by(circles)];
            let query = BooleanQuery::intersection(query);
            let cases = searcher.search(&query, &Cases(self.fields))?;
            found = Some(match found {
                None => cases,
                Some(found) => found.intersection(&cases).copied().collect(),
            });
        }
        Ok(found.unwrap_or_default())
    }

    /// What finds the texts that one of the circles may read.
    fn read_by(&self, circles: &[Circle]) -> Box<dyn Query> {
        let texts = circles.iter().map(|circle| {
            let term = Term::from_field_u64(self.fields.circle, *circle as u64);
            Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as Box<dyn Query>
        });
        Box::new(BooleanQuery::union(texts.collect()))
    }

    /// What finds one word: its stem in either language, and what begins with it.
    fn word(&self, word: &str) -> Result<BooleanQuery, SearchError> {
        let Fields { norwegian, swedish, .. } = self.fields;
        let mut ways: Vec<Box<dyn Query>> = Vec::new();
        for (field, language) in [(norwegian, NORWEGIAN), (swedish, SWEDISH)] {
            for stem in self.tokens(language, word)? {
                let term = Term::from_field_text(field, &stem);
                ways.push(Box::new(TermQuery::new(term, IndexRecordOption::Basic)));
            }
        }
        // A word is letters and digits alone, so that nothing in it is an operator.
        if BEGINNING_MIN <= word.chars().count() {
            ways.push(Box::new(RegexQuery::from_pattern(&format!("{word}.*"), norwegian)?));
        }
        Ok(BooleanQuery::union(ways))
    }

    fn tokens(&self, tokenizer: &str, text: &str) -> Result<Vec<String>, SearchError> {
        let unknown = || TantivyError::SystemError("a tokenizer is not registered".to_owned());
        let mut tokenizer = self.index.tokenizers().get(tokenizer).ok_or_else(unknown)?;
        let mut stream = tokenizer.token_stream(text);
        let mut tokens = Vec::new();
        stream.process(&mut |token| tokens.push(token.text.clone()));
        Ok(tokens)
    }
}

/// Gathers which cases the texts found belong to.
struct Cases(Fields);

struct CasesOfSegment {
    high: Column<u64>,
    low: Column<u64>,
    found: HashSet<CaseId>,
}

impl Collector for Cases {
    type Fruit = HashSet<CaseId>;
    type Child = CasesOfSegment;

    fn for_segment(
        &self,
        _: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<CasesOfSegment> {
        let schema = segment.schema();
        let column = |field| segment.fast_fields().u64(schema.get_field_name(field));
        Ok(CasesOfSegment {
            high: column(self.0.high)?,
            low: column(self.0.low)?,
            found: HashSet::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, found: Vec<HashSet<CaseId>>) -> tantivy::Result<HashSet<CaseId>> {
        Ok(found.into_iter().flatten().collect())
    }
}

impl SegmentCollector for CasesOfSegment {
    type Fruit = HashSet<CaseId>;

    fn collect(&mut self, document: DocId, _: Score) {
        if let (Some(high), Some(low)) = (self.high.first(document), self.low.first(document)) {
            self.found.insert(CaseId(Uuid::from_u64_pair(high, low)));
        }
    }

    fn harvest(self) -> HashSet<CaseId> {
        self.found
    }
}

#[cfg(test)]
mod tests;
