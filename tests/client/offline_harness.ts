// Asks the search of a folder as its page does, for tests: takes texts apart, and answers questions with what is found.

import type { House, Shown } from "../../client/src/offline/data";
import { from, load } from "../../client/src/offline/data";
import { excerpt, spans } from "../../client/src/offline/highlight";
import { search } from "../../client/src/offline/query";
import { bestSections } from "../../client/src/offline/ranking";
import { helping, place as opened } from "../../client/src/offline/places";

from("search/");

async function house(): Promise<House> {
  return (await load<House>("house"))!;
}

async function forms(code: string, words: string[]): Promise<string[][]> {
  const place = (await opened(code, await house()))!;
  return words.map((word) => place.store.analyzer.forms(word));
}

async function tokens(code: string, text: string): Promise<unknown[]> {
  const place = (await opened(code, await house()))!;
  const at = (place: number): number => [...text.slice(0, place)].length;
  return place.store.analyzer.tokens(text).map((one) => [one.text, at(one.start), at(one.end), one.position]);
}

async function ask(codes: string[], words: string, topic: string): Promise<unknown> {
  const places = await Promise.all(codes.map(async (code) => (await opened(code, await house()))!));
  const { answers, meant } = await search(places, words, topic);
  const rows = await Promise.all(
    answers.map(async ({ guide, phrases }) => {
      const { store, text } = guide;
      const [, sections] = (await load<Shown>(`${store.code}/text/${text.path.split("/")[2]}`))!;
      const best = store.numbers[bestSections(guide, 1)[0]!]!;
      const [id, , body] = sections[best]!;
      return { path: text.path, section: id, excerpt: excerpt(body, spans(body, store.analyzer, phrases)) };
    }),
  );
  return { rows, meant };
}

async function help(words: string): Promise<number[]> {
  return helping(words, await house());
}

Object.assign(window, { forms, tokens, ask, help });
